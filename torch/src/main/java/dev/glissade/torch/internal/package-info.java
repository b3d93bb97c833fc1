/// Helpers that are not for users: libtorch's natives and the memory that is shared with it.
@NullMarked
package dev.glissade.torch.internal;

import org.jspecify.annotations.NullMarked;
