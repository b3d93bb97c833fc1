/// TBD.
@NullMarked
package dev.glissade.baseline;

import org.jspecify.annotations.NullMarked;
