package dev.glissade.torch.image;

import javax.imageio.IIOException;

/// A picture that is damaged, or that is not understood well enough to be shown right. The message
/// goes on where the file's name ends, such as "is cut off".
final class Refusal extends IIOException {

  private static final long serialVersionUID = 1L;

  Refusal(String message) {
    super(message);
  }

  Refusal(String message, Exception cause) {
    super(message, cause);
  }
}
