package dev.hognose.sample;

/** A place in Python code: file, line, function. Never locals or arguments. */
public record Frame(String file, int line, String function) {

  /** As people read it: {@code app/views.py:41 in checkout}. */
  @Override
  public String toString() {
    return file + ":" + line + " in " + function;
  }
}
