package dev.hognose.app.judge;

/** Whose sample it is; the process's name is unique within its service only. */
record ProcessKey(String service, String process) {

  @Override
  public String toString() {
    return service + "/" + process;
  }
}
