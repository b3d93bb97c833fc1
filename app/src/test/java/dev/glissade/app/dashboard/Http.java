package dev.glissade.app.dashboard;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// An answer to a request that is sent letter by letter, as no browser and no library would.
///
/// @param status such as 200
/// @param head of the answer
/// @param body of the answer
record Http(int status, String head, String body) {

  /// Sends a request.
  ///
  /// @param target as it is written in the first line
  /// @param headers each with its name
  static Http get(int port, String target, String... headers) throws IOException {
    return send(port, "GET", target, headers);
  }

  static Http send(int port, String method, String target, String... headers) throws IOException {
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
      StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
      for (String header : headers) {
        request.append(header).append("\r\n");
      }
      request.append("Connection: close\r\n\r\n");
      socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int end = answer.indexOf("\r\n\r\n");
      return new Http(
          Integer.parseInt(answer.substring(9, 12)),
          answer.substring(0, end),
          answer.substring(end + 4));
    }
  }
}
