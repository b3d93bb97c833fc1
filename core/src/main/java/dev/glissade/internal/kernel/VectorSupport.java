package dev.glissade.internal.kernel;

/// Whether this JVM offers the Vector API: looked up once, and said once if it does not.
final class VectorSupport {

  private static final String MODULE = "jdk.incubator.vector";

  static final boolean PRESENT = detect();

  private VectorSupport() {}

  private static boolean detect() {
    boolean present = ModuleLayer.boot().findModule(MODULE).isPresent();
    if (!present) {
      System.getLogger(VectorSupport.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "The LSTM kernels run without vector instructions, many times slower; start Java with"
                  + " --add-modules {0}",
              MODULE);
    }
    return present;
  }
}
