package dev.hognose.sample;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Frames that were read lately, so that all stacks that have the same one share it: those of a
 * service have most of theirs in common, and what is kept of thousands of culprits is frames.
 *
 * <p>A frame that has the place of another one takes it, and one of endless names has none, so that
 * no sender can fill it; any thread may ask.
 */
public final class RecentFrames {

  private static final int PLACES = 1 << 13;

  /** As many as a frame has that alerts may tell. */
  private static final int MOST_LETTERS = 800;

  private final AtomicReferenceArray<Frame> places = new AtomicReferenceArray<>(PLACES);

  /** An equal one that is known, or this one from now on. */
  public Frame shared(Frame frame) {
    if (frame.file().length() + frame.function().length() > MOST_LETTERS) {
      return frame;
    }
    int hash = frame.hashCode();
    int place = (hash ^ hash >>> 16) & (PLACES - 1);
    Frame known = places.get(place);
    if (frame.equals(known)) {
      return known;
    }
    places.set(place, frame);
    return frame;
  }
}
