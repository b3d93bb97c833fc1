/// TBD.
@NullMarked
package dev.glissade.meta;

import org.jspecify.annotations.NullMarked;
