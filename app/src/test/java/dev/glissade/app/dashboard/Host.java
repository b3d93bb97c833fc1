package dev.glissade.app.dashboard;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// This machine.
final class Host {

  /// Its name, as locks of runs have it.
  static final String NAME = name();

  private Host() {}

  private static String name() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "a host without a name";
    }
  }
}
