package dev.glissade.app.report;

import java.util.List;
import java.util.Optional;

/// Pictures that change from step to step, next to each other, to be followed by a slider.
///
/// @param moments the words for each place of the slider, such as `step 8`, at least one
/// @param strips what is shown
public record Gallery(List<String> moments, List<Strip> strips) {

  /// A picture on its way.
  ///
  /// @param name of who makes it
  /// @param frames one for each moment
  public record Strip(String name, List<Frame> frames) {

    public Strip {
      frames = List.copyOf(frames);
    }
  }

  /// A picture at one moment.
  ///
  /// @param caption stands below it
  /// @param image a JPEG as a `data:` address; empty where there is none to see
  public record Frame(String caption, Optional<String> image) {}

  public Gallery {
    moments = List.copyOf(moments);
    strips = List.copyOf(strips);
  }
}
