package dev.hognose.collector.api;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** What {@code /api/v1} takes and answers, in OpenAPI's words; read once from the class path. */
final class OpenApi {

  private final byte[] description = read();

  void serve(Context context) {
    new Query(context.queryParamMap());
    context.contentType("application/json").result(description);
  }

  private static byte[] read() {
    try (InputStream file = OpenApi.class.getResourceAsStream("openapi.json")) {
      if (file == null) {
        throw new IllegalStateException("openapi.json: expected it beside the classes");
      }
      return file.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
