package dev.hognose.app.demo;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/**
 * What somebody who starts a demonstration decides.
 *
 * @param interpreter of the Python environment with the agent and the shop
 * @param environment of this program
 * @param httpPort of the page, 0 for a free one
 * @param started when this program did
 */
record DemoSettings(
    Path interpreter, Map<String, String> environment, int httpPort, Goal goal, Instant started) {

  DemoSettings {
    environment = Map.copyOf(environment);
  }
}
