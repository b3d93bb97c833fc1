/// TBD.
@NullMarked
package dev.glissade.learned;

import org.jspecify.annotations.NullMarked;
