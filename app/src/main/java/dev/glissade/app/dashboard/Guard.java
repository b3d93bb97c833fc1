package dev.glissade.app.dashboard;

import dev.glissade.app.dashboard.Dashboard.Access;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.http.SameSite;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The door of the dashboard. A page of another site that is open in the same browser cannot ask,
/// not even under a name that it lets point to this machine; and where the dashboard is open to a
/// network, nobody can without its token.
///
/// @param access who may ask
record Guard(Access access) {

  private static final Pattern HOST = Pattern.compile("(\\[[0-9a-f:.]+]|[^:\\[\\]]+)(?::(\\d+))?");
  private static final Pattern ADDRESS = Pattern.compile("\\[[0-9a-f:.]+]|\\d+(\\.\\d+){3}");

  /// What browsers are told besides: this page needs nothing from elsewhere, and is part of none.
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
              + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cache-Control",
          "no-store");

  /// Lets a request pass, or throws what is answered to it.
  void check(Context request) {
    HEADERS.forEach(request::header);
    if (!request.method().name().equals("GET")) {
      throw new MethodNotAllowedResponse("The dashboard only shows", Map.of());
    }
    if (!isOurs(request.header("Host"), port(request))) {
      throw new ForbiddenResponse("This is no name of the dashboard");
    }
    if (!comesFromHere(request)) {
      throw new ForbiddenResponse("A page of another site asks: type the address yourself");
    }
    if (access instanceof Access.Network(_, String token)) {
      checkToken(request, token);
    }
  }

  /// The port on which the dashboard answers, whatever the request says.
  private static int port(Context request) {
    return request.req().getLocalPort();
  }

  /// Whether a Host header names the dashboard.
  private boolean isOurs(@Nullable String header, int port) {
    Matcher host = HOST.matcher(Objects.requireNonNullElse(header, "").toLowerCase(Locale.ROOT));
    if (!host.matches()
        || !Objects.requireNonNullElse(host.group(2), "80").equals(String.valueOf(port))) {
      return false;
    }
    String name = host.group(1);
    return switch (access) {
      case Access.ThisMachine _ ->
          name.equals("127.0.0.1") || name.equals("localhost") || name.equals("[::1]");
      // Addresses cannot be made to point elsewhere; names can.
      case Access.Network(String own, _) ->
          name.equals(own.toLowerCase(Locale.ROOT)) || ADDRESS.matcher(name).matches();
    };
  }

  /// Whether the page that asks, if one does, is the dashboard's own. Browsers say so.
  private static boolean comesFromHere(Context request) {
    String site = request.header("Sec-Fetch-Site");
    String origin = request.header("Origin");
    return (site == null || site.equals("same-origin") || site.equals("none"))
        && (origin == null || origin.equals("http://" + request.header("Host")));
  }

  /// Takes the token from the address into a cookie, so that it is not left in histories, and asks
  /// for that from then on.
  private void checkToken(Context request, String token) {
    String cookie = "glissade-" + port(request); // cookies do not know ports
    Optional<String> given = Optional.ofNullable(request.queryParam("token"));
    if (given.isPresent() && isSame(given.get(), token)) {
      Cookie kept = new Cookie(cookie, token);
      kept.setHttpOnly(true);
      kept.setSameSite(SameSite.STRICT);
      request.cookie(kept);
      request.redirect("/");
      request.skipRemainingHandlers();
    } else if (!isSame(Objects.requireNonNullElse(request.cookie(cookie), ""), token)) {
      throw new ForbiddenResponse(
          "The address with the token is needed that the dashboard printed");
    }
  }

  /// Compares in a time that does not tell how much is right.
  private static boolean isSame(String given, String token) {
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
  }
}
