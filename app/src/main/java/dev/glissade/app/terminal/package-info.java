/// The look of results on a terminal and elsewhere, and the writing of files.
///
/// - [Console]: results on one stream, notes on the other; [Markup] styles them.
/// - [Progress]: how far a long computation is.
/// - [Table]: rows and columns, shown here as text; the report's pages show the same as HTML.
/// - [Numbers]: numbers as people read and write them.
/// - [Shell]: commands to be pasted.
/// - [Outputs]: files that are written whole or not at all; [FileErrors] says what went wrong.
@NullMarked
package dev.glissade.app.terminal;

import org.jspecify.annotations.NullMarked;
