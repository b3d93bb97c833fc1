/// The command line.
///
/// - [Glissade]: all commands in one tree, and what becomes of exceptions. [Main] is its process.
/// - `…Command`: one command a file: its options, and the few calls into core that it stands for.
/// - [ProblemName], [ClassPath]: from the words on the command line to a problem, a built-in
///   one or a class of the user's.
/// - [TrainingPlan], [Variety], [Recipe]: everything that decides a training; [TrainingRun] is its
///   folder.
/// - [OptimizerName], [Competition]: from the words on the command line to tuned contenders.
/// - [Console], [Progress], [Table], [Numbers]: how things look on a terminal and elsewhere.
@NullMarked
package dev.glissade.app.cli;

import org.jspecify.annotations.NullMarked;
