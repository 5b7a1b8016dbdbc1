package dev.hognose.app.child;

import dev.hognose.app.broker.BrokerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A program that starts a broker in the folder that it is told, and a process that does not end by
 * itself nor when it is asked; it prints both ids and waits to be killed.
 */
final class Parent {

  private static final List<String> STUBBORN =
      List.of("sh", "-c", "trap '' TERM INT HUP; while :; do sleep 1; done");

  private Parent() {}

  public static void main(String[] arguments) throws IOException {
    BrokerProcess broker = BrokerProcess.launch(Path.of(arguments[0]));
    broker.bootstrapServers();
    Process stubborn = new Children().start(new ProcessBuilder(STUBBORN));
    System.out.println(broker.handle().pid());
    System.out.println(stubborn.pid());
    System.out.println("started");
    System.in.read();
  }
}
