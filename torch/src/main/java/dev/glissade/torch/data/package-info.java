/// Data sets of images: where they come from, where they are kept, how they are read.
///
/// - [DataCatalog] lists the data sets. [DataFolder] is where they are kept.
/// - [DataInventory] says what is there of one, [DataFetcher] brings the rest, [DataVerifier] tells
///   whether it is right.
/// - [ImageData] loads one, once a process, and shares it. [ImageSubset] is a part of it, such as
///   the validation images of some classes, and makes minibatches.
@NullMarked
package dev.glissade.torch.data;

import org.jspecify.annotations.NullMarked;
