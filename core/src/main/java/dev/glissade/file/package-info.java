/// Files: named arrays ([Safetensors]), JSON ([JsonObject]), and writing whole files or none
/// ([AtomicFiles]). What is read is checked before it is believed.
@NullMarked
package dev.glissade.file;

import org.jspecify.annotations.NullMarked;
