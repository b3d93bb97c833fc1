/// The examples of `docs/bring-your-own-problem.md`, as they stand there.
@NullMarked
package example;

import org.jspecify.annotations.NullMarked;
