/// The example of `docs/bring-your-own-problem.md` that needs nothing but core, as it stands there.
@NullMarked
package example;

import org.jspecify.annotations.NullMarked;
