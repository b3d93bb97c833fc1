/// The making of pictures in the style of a painting, from two files to a third.
///
/// - [ArtSettings]: what picture is to be made; [ArtTask] is that with the pictures read.
/// - [PictureMemory] refuses what would not fit; [OnePicture] is what learning rates are tuned on.
/// - [ArtJob] is all that `art` does, with the [ArtPreviews] that it writes on the way.
/// - [ArtRun] makes the picture by one optimizer or several; [ArtFiles] says where it goes.
@NullMarked
package dev.glissade.app.art;

import org.jspecify.annotations.NullMarked;
