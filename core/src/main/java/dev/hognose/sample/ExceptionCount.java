package dev.hognose.sample;

import java.util.Optional;

/** A type of exceptions at one site. */
public record ExceptionCount(String type, Optional<Frame> site, long count, boolean handled)
    implements Event.What {

  public ExceptionCount {
    Count.check("count", count);
  }
}
