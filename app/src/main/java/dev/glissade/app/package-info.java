/// What a person runs.
///
/// - `cli`: the commands, one file each; start at `Glissade`.
/// - `report`: results as data (JSON, CSV) and what is drawn from the data: pictures, pages.
@NullMarked
package dev.glissade.app;

import org.jspecify.annotations.NullMarked;
