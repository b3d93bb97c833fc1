/// Data sets of images: where they come from, where they are kept, how they are read.
///
/// - [DataCatalog] lists the data sets; it verifies them and fetches them.
/// - [DataFolder] is where they are kept.
/// - [ImageData] loads one, once a process, and shares it. [ImageSubset] is a part of it, such as
///   the validation images of some classes, and makes minibatches.
@NullMarked
package dev.glissade.torch.data;

import org.jspecify.annotations.NullMarked;
