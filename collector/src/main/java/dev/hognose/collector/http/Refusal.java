package dev.hognose.collector.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** An answer that is none: a status and one sentence, as JSON below {@code /api/}. */
record Refusal(HttpStatus status, String sentence) {

  private static final String TEXT = "text/plain;charset=utf-8";

  void answer(Context context) {
    context.status(status);
    if (context.path().startsWith("/api/")) {
      String body = JsonNodeFactory.instance.objectNode().put("error", sentence).toString();
      context.contentType("application/json").result(body);
    } else {
      context.contentType(TEXT).result(sentence + "\n");
    }
  }

  /** What Jetty could not even read: its own page would say more about it than we do. */
  static boolean ofUnreadableRequest(Request request, Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, TEXT);
    Content.Sink.write(response, true, unreadable(response.getStatus()) + "\n", callback);
    return true;
  }

  private static String unreadable(int status) {
    return switch (status) {
      case 414 -> "address too long: expected %d bytes at most".formatted(Door.LARGEST_HEADERS);
      case 431 ->
          "headers too large: expected %d bytes at most, the address included"
              .formatted(Door.LARGEST_HEADERS);
      default -> "request refused with status %d: expected HTTP/1.1".formatted(status);
    };
  }
}
