package dev.glissade.torch.image;

import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/// What the numbers in a picture's file stand for.
sealed interface Colours {

  /// Turns a row into sRGB.
  ///
  /// @param rgb red, green, blue of each pixel, from 0 to 1; grey is all three. Overwritten
  /// @throws Refusal if the colours cannot be converted
  void toSrgb(float[] rgb) throws Refusal;

  /// sRGB, which is what files mean that say nothing.
  record Standard() implements Colours {
    @Override
    public void toSrgb(float[] rgb) {}
  }

  /// Light to the power of something, with the primaries of sRGB.
  ///
  /// @param exponent of the number, to get the light
  record Power(double exponent) implements Colours {
    @Override
    public void toSrgb(float[] rgb) {
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] = Srgb.fromLight((float) Math.pow(rgb[i], exponent));
      }
    }
  }

  /// What a colour profile says.
  ///
  /// @param conversion to sRGB
  /// @param components of its colours: 1 or 3
  record Profiled(ColorConvertOp conversion, int components) implements Colours {

    private static final String NO_SENSE =
        "its colour profile cannot be understood: save it as sRGB, or without a profile";
    private static final float WHITE = 65_535; // in 16 bits, so that nothing is cut

    /// The colours of an ICC profile.
    ///
    /// @param components of the picture's colours
    static Colours of(byte[] profile, int components) throws Refusal {
      try {
        ICC_Profile from = ICC_Profile.getInstance(profile);
        ICC_Profile to = ICC_Profile.getInstance(ColorSpace.CS_sRGB);
        int type = from.getColorSpaceType();
        boolean fits =
            type == ColorSpace.TYPE_RGB || (type == ColorSpace.TYPE_GRAY && components == 1);
        if (!fits) {
          throw new Refusal("its colour profile is for other colours: save it as sRGB");
        }
        return new Profiled(
            new ColorConvertOp(new ICC_Profile[] {from, to}, null), from.getNumComponents());
      } catch (IllegalArgumentException | CMMException e) {
        throw new Refusal(NO_SENSE, e);
      }
    }

    @Override
    public void toSrgb(float[] rgb) throws Refusal {
      int width = rgb.length / 3;
      WritableRaster from = row(width, components);
      for (int x = 0; x < width; x++) {
        for (int band = 0; band < components; band++) {
          from.setSample(x, 0, band, Math.round(WHITE * rgb[3 * x + band]));
        }
      }
      try {
        conversion.filter(from, row(width, 3)).getPixels(0, 0, width, 1, rgb);
      } catch (CMMException e) {
        throw new Refusal(NO_SENSE, e);
      }
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] /= WHITE;
      }
    }

    private static WritableRaster row(int width, int bands) {
      return Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, width, 1, bands, null);
    }
  }
}
