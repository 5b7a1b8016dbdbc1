package dev.hognose.app.demo;

/** How a person watches a demonstration. */
sealed interface View permits LiveTable, PlainLines {

  /** Something has happened. */
  void tell(String news);

  /** So it stands now. */
  void show(Scene scene);

  /** So it stood at the end, and what a check makes of it. */
  void end(Scene scene);
}
