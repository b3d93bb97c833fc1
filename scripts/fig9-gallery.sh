#!/usr/bin/env bash
# Makes docs/figures/art: one content in three styles, all of them public-domain paintings from the
# data folder's style/. Arguments go to every command: scripts/fig9-gallery.sh --optimizer runs/art
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
paintings=${GLISSADE_DATA:?set it to the data folder}/style
out=$root/docs/figures/art
content=turner_shipwreck

mkdir -p "$out"
for style in van_gogh_starry_night munch_the_scream kandinsky_composition_vii; do
  "$root/glissade" art "$paintings/$content.jpg" "$paintings/$style.jpg" -o "$out/$content-$style.png" "$@"
done
