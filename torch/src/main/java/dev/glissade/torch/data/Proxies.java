package dev.glissade.torch.data;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The proxies that an environment names, by the variables and the rules of curl: `https_proxy`,
/// `http_proxy`, `all_proxy`, and `no_proxy` for what is reached without one.
///
/// @param environment the environment's variables
record Proxies(Map<String, String> environment) {

  private static final int PORT = 1080; // curl's, unless there is another

  /// A proxy and where it was named.
  ///
  /// @param variable the variable's name
  record Named(String variable, String host, int port) {
    @Override
    public String toString() {
      return "%s:%s of %s".formatted(host, port, variable);
    }
  }

  Proxies {
    environment = Map.copyOf(environment);
  }

  /// The proxy for an address, if there is one.
  ///
  /// @throws IOException if a variable names none that can be used
  Optional<Named> find(URI address) throws IOException {
    if (isExempt(address.getHost())) {
      return Optional.empty();
    }
    String own = address.getScheme().toLowerCase(Locale.ROOT) + "_proxy";
    // not HTTP_PROXY, which any client of a web server can set
    Stream<String> names =
        own.equals("http_proxy")
            ? Stream.of(own, "all_proxy", "ALL_PROXY")
            : Stream.of(own, own.toUpperCase(Locale.ROOT), "all_proxy", "ALL_PROXY");
    Optional<String> variable = names.filter(name -> !value(name).isEmpty()).findFirst();
    return variable.isPresent()
        ? Optional.of(named(variable.get(), value(variable.get())))
        : Optional.empty();
  }

  private String value(String variable) {
    return environment.getOrDefault(variable, "").strip();
  }

  private boolean isExempt(String host) {
    String exempt = value("no_proxy").isEmpty() ? value("NO_PROXY") : value("no_proxy");
    return Stream.of(exempt.split("[,\\s]+", -1))
        .filter(name -> !name.isEmpty())
        .map(name -> name.startsWith(".") ? name.substring(1) : name)
        .anyMatch(name -> name.equals("*") || host.equals(name) || host.endsWith("." + name));
  }

  private static Named named(String variable, String value) throws IOException {
    String whole = value.contains("://") ? value : "http://" + value;
    try {
      URI proxy = URI.create(whole);
      if (proxy.getHost() != null
          && proxy.getUserInfo() == null
          && "http".equalsIgnoreCase(proxy.getScheme())) {
        return new Named(variable, proxy.getHost(), proxy.getPort() < 0 ? PORT : proxy.getPort());
      }
    } catch (IllegalArgumentException e) {
      // said below, without the value: a password may be in it
    }
    throw new IOException(
        ("the environment's %s names no proxy that can be used here: http://HOST:PORT is expected,"
                + " without a password; or fetch the file by hand")
            .formatted(variable));
  }

  /// Has all connections made through a proxy.
  static ProxySelector only(Named proxy) {
    return new ProxySelector() {
      @Override
      public List<Proxy> select(URI uri) {
        return List.of(
            new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.host(), proxy.port())));
      }

      @Override
      public void connectFailed(URI uri, SocketAddress address, IOException e) {
        // the request itself fails, and that is told
      }
    };
  }
}
