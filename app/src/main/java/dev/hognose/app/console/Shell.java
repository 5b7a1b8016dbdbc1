package dev.hognose.app.console;

import dev.hognose.settings.Env;
import java.util.Map;

/** What the program was started in. */
public record Shell(Map<String, String> environment, Output out, Output err) {

  public Shell {
    environment = Map.copyOf(environment);
  }

  /** The settings among the variables, all unread. */
  public Env env() {
    return new Env(environment);
  }
}
