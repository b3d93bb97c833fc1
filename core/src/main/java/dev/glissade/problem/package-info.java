/// TBD.
@NullMarked
package dev.glissade.problem;

import org.jspecify.annotations.NullMarked;
