package dev.hognose.app.demo;

import dev.hognose.app.console.Output;

/** For files and pipes: a line for each change, nothing else. */
record PlainLines(Output out) implements View {

  @Override
  public void tell(String news) {
    out.say(news);
  }

  @Override
  public void show(Scene scene) {
    // Whatever changed has been told.
  }

  @Override
  public void end(Scene scene) {
    out.say("\n" + CheckTable.of(scene.check()));
  }
}
