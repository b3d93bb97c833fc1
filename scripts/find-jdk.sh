#!/usr/bin/env bash
# Prints the home of a JDK of version 25 or newer, or says on stderr what is missing and fails.
# Looks at JAVA_HOME, the PATH and the usual places, in this order; takes the first that fits.
set -u

readonly WANTED=25

# The major version of the JDK in folder $1; nothing if there is none.
version_of() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 0
  if [ -r "$1/release" ]; then
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
  else
    "$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p'
  fi
}

# The folder of the JDK whose javac is first on the PATH, links followed.
jdk_on_path() {
  local link target
  link=$(command -v javac) || return 0
  while target=$(readlink "$link"); do
    case $target in
      /*) link=$target ;;
      *) link=$(dirname "$link")/$target ;;
    esac
  done
  (cd "$(dirname "$link")/.." && pwd)
}

candidates() {
  printf '%s\n' "${JAVA_HOME:-}" "$(jdk_on_path)"
  printf '%s\n' \
    /usr/lib/jvm/* \
    "${HOME:-/nonexistent}"/.sdkman/candidates/java/* \
    "${HOME:-/nonexistent}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-/nonexistent}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/java/* /opt/jdk* /usr/java/*
}

while IFS= read -r home; do
  [ -n "$home" ] || continue
  version=$(version_of "$home")
  if [ -n "$version" ] && [ "$version" -ge "$WANTED" ]; then
    printf '%s\n' "$home"
    exit 0
  fi
done < <(candidates)

echo "Glissade needs a JDK $WANTED or newer and found none." \
  "Install one (https://adoptium.net, or 'sdk install java'), or set JAVA_HOME to it." >&2
exit 1
