/// Event files for TensorBoard: numbers and pictures by steps.
///
/// - [EventLog] writes them; [EventFile] is one of them, record by record.
/// - [TrainingEvents] writes what a training measures.
@NullMarked
package dev.glissade.app.tensorboard;

import org.jspecify.annotations.NullMarked;
