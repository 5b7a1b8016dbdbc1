package dev.hognose.collector.page;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Files that the pages link to, read once from the class path. */
final class Assets {

  private static final List<String> SCRIPTS =
      List.of(
          "page.js",
          "plots.js",
          "charts.js",
          "flames.js",
          "lib/uplot.js",
          "lib/d3-selection.js",
          "lib/d3-flame-graph.js");
  private static final List<String> STYLES =
      List.of("page.css", "lib/uplot.css", "lib/d3-flame-graph.css");

  private Assets() {}

  /** By their addresses. */
  static Map<String, Handler> handlers() {
    Map<String, Handler> handlers = new TreeMap<>();
    for (String script : SCRIPTS) {
      handlers.put("/assets/" + script, file(script, "text/javascript;charset=utf-8"));
    }
    for (String style : STYLES) {
      handlers.put("/assets/" + style, file(style, "text/css;charset=utf-8"));
    }
    return handlers;
  }

  private static Handler file(String name, String contentType) {
    byte[] bytes = read(name);
    return context -> serve(context, contentType, bytes);
  }

  private static void serve(Context context, String contentType, byte[] bytes) {
    context.header("Cache-Control", "no-cache").contentType(contentType).result(bytes);
  }

  /** The bytes of a file beside this class. */
  static byte[] read(String name) {
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
