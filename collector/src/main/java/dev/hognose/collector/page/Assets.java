package dev.hognose.collector.page;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Files that the pages link to, read once from the class path. */
final class Assets {

  private Assets() {}

  static Handler file(String name, String contentType) {
    byte[] bytes = read(name);
    return context -> serve(context, contentType, bytes);
  }

  private static void serve(Context context, String contentType, byte[] bytes) {
    context.header("Cache-Control", "no-cache").contentType(contentType).result(bytes);
  }

  private static byte[] read(String name) {
    try (InputStream file = Assets.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException(name + ": expected beside " + Assets.class.getName());
      }
      return file.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
