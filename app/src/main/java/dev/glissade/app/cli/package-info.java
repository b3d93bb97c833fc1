/// The command line: commands, their options, and what picocli needs. Nothing else sees picocli.
///
/// - [Glissade]: all commands in one tree. [Main] is its process, [Errors] what becomes of
///   exceptions, [Context] what a command sees of the world.
/// - `…Command`: one command a file: its options, and the few calls that it stands for. A
///   [CommandGroup] holds others.
/// - `…Option`, `…Options`: what several commands have in common.
@NullMarked
package dev.glissade.app.cli;

import org.jspecify.annotations.NullMarked;
