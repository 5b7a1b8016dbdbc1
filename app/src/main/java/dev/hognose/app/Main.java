package dev.hognose.app;

import dev.hognose.app.console.Output;
import dev.hognose.app.console.Shell;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.util.Locale;

/** The one program. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    // Numbers are written alike on every machine, and in half the time of any other locale's: Kafka
    // formats a sentence for each record of a task that has an empty input.
    Locale.setDefault(Locale.Category.FORMAT, Locale.US);
    Output out = new Output(new FileOutputStream(FileDescriptor.out));
    Output err = new Output(new FileOutputStream(FileDescriptor.err));
    System.exit(HognoseCommand.in(new Shell(System.getenv(), out, err)).execute(arguments));
  }
}
