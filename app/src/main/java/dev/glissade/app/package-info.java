/// The application: all that a person runs from the command line.
///
/// - `cli`: the commands and their options, one file each; start at `Glissade`. Only it knows
///   picocli.
/// - `experiment`: the paper's figures, run. `art`: pictures in the style of a painting.
/// - `training`: trainings in their folders.
/// - `report`: results as data (JSON, CSV) and what is made from the data: tables, pictures, pages.
/// - `catalog`: from words to problems and optimizers.
/// - `terminal`: how things look on a terminal and elsewhere.
///
/// Each sees those below it only.
@NullMarked
package dev.glissade.app;

import org.jspecify.annotations.NullMarked;
