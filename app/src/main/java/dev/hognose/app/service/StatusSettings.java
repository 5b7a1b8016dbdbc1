package dev.hognose.app.service;

import dev.hognose.settings.Env;

/**
 * Where a program without a page tells how it is.
 *
 * @param port 0 takes a free one
 */
record StatusSettings(String host, int port) {

  private static final int HIGHEST_PORT = 65_535;

  static StatusSettings from(Env env) {
    return new StatusSettings(
        env.text("HTTP_HOST", "127.0.0.1"), env.integer("HTTP_PORT", 9465, 0, HIGHEST_PORT));
  }
}
