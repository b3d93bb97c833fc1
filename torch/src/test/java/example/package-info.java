/// The example of `docs/bring-your-own-problem.md` that needs libtorch, as it stands there.
@NullMarked
package example;

import org.jspecify.annotations.NullMarked;
