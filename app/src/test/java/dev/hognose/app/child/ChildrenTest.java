package dev.hognose.app.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ChildrenTest {

  @Test
  void closingAsksThemToEnd() throws IOException {
    Children children = new Children();
    Process asked =
        children.start(
            shell("trap 'echo asked; exit 3' TERM; echo up; while :; do sleep 0.1; done"));
    BufferedReader said = asked.inputReader();
    assertThat(said.readLine()).isEqualTo("up");

    children.close();

    assertThat(said.readLine()).isEqualTo("asked");
    assertThat(asked.onExit()).succeedsWithin(1, TimeUnit.SECONDS);
    assertThat(asked.exitValue()).isEqualTo(3);
  }

  @Test
  void whatTheyStartedEndsWithThem() throws IOException {
    Children children = new Children();
    Process child = children.start(shell("sleep 60 & echo $!; wait"));
    ProcessHandle grandchild =
        ProcessHandle.of(Long.parseLong(child.inputReader().readLine())).orElseThrow();

    children.close();

    assertThat(grandchild.onExit()).succeedsWithin(2, TimeUnit.SECONDS);
  }

  private static ProcessBuilder shell(String script) {
    return new ProcessBuilder("sh", "-c", script);
  }
}
