package dev.glissade.torch.data;

import java.net.URI;

/// A file that can be downloaded.
///
/// @param name in the data set's folder
/// @param address where its publisher, or the publisher's mirror, offers it
/// @param bytes its size
/// @param sha256 of the whole file, in hexadecimal
public record DataFile(String name, URI address, long bytes, String sha256) {}
