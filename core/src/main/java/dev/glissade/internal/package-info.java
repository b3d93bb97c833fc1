/// Helpers that are not for users: they may change without notice.
@NullMarked
package dev.glissade.internal;

import org.jspecify.annotations.NullMarked;
