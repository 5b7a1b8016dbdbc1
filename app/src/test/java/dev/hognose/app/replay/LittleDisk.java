package dev.hognose.app.replay;

import com.github.luben.zstd.util.Native;
import dev.hognose.app.Main;

/** The program in a process that may write no file longer than 1 KiB. */
final class LittleDisk {

  private static final int LONGEST = 1024;

  private LittleDisk() {}

  public static void main(String[] arguments) throws Exception {
    // It unpacks itself into a file, which is none of those that are looked at here.
    Native.load();
    String self = Long.toString(ProcessHandle.current().pid());
    Process limit =
        new ProcessBuilder("prlimit", "--pid", self, "--fsize=" + LONGEST).inheritIO().start();
    if (limit.waitFor() != 0) {
      throw new IllegalStateException("prlimit: expected it to limit the length of files");
    }
    Main.main(arguments);
  }
}
