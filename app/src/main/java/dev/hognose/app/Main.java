package dev.hognose.app;

import dev.hognose.app.console.Output;
import dev.hognose.app.console.Shell;
import java.io.FileDescriptor;
import java.io.FileOutputStream;

/** The one program. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    Output out = new Output(new FileOutputStream(FileDescriptor.out));
    Output err = new Output(new FileOutputStream(FileDescriptor.err));
    System.exit(HognoseCommand.in(new Shell(System.getenv(), out, err)).execute(arguments));
  }
}
