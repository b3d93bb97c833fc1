/// TBD.
@NullMarked
package dev.glissade.evaluation;

import org.jspecify.annotations.NullMarked;
