package dev.hognose.sample;

import java.util.Optional;

/** A category of warnings at one site. */
public record PythonWarning(String category, String message, Optional<Frame> site, long count)
    implements Event.What {

  public PythonWarning {
    Count.check("count", count);
  }
}
