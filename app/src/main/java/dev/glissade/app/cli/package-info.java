/// The command line: commands, their options, and what picocli needs. Nothing else sees picocli.
///
/// - [Glissade]: all commands in one tree. [Main] is its process, [Errors] what becomes of
///   exceptions, [Context] what a command sees of the world.
/// - `…Command`: one command a file: its options, and the few calls that it stands for. A
///   [CommandGroup] holds others.
/// - `…Option`, `…Options`: options that several commands share.
///
/// A command first reads its arguments and tries the files that it will write, then computes,
/// prints the result to standard output and writes the files. It returns its exit code: 0 done, 1
/// failed, 2 the arguments are wrong.
@NullMarked
package dev.glissade.app.cli;

import org.jspecify.annotations.NullMarked;
