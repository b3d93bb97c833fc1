/// Not for users: may change without notice.
@NullMarked
package dev.glissade.internal;

import org.jspecify.annotations.NullMarked;
