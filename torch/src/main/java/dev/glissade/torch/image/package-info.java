/// Pictures: read from files, cut, resized, written. [Picture] is the only type to know.
@NullMarked
package dev.glissade.torch.image;

import org.jspecify.annotations.NullMarked;
