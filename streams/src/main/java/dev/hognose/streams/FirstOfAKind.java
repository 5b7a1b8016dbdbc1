package dev.hognose.streams;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Whether something is seen for the first time; of many kinds only the first few are told. */
final class FirstOfAKind {

  private static final int MOST = 100;

  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  boolean is(String kind) {
    return seen.size() < MOST && seen.add(kind);
  }
}
