package dev.hognose.app.console;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

class OutputTest {

  @Test
  void readerThatHasGoneIsNoFailure() {
    assertThatThrownBy(() -> new Output(refusing("Broken pipe")).say("line"))
        .isInstanceOf(Output.ClosedOutputException.class);
  }

  @Test
  void fullDiskIsAFailure() {
    assertThatThrownBy(() -> new Output(refusing("No space left on device")).say("line"))
        .isInstanceOf(FailureException.class)
        .hasMessage("standard output: No space left on device");
  }

  private static OutputStream refusing(String reason) {
    return new OutputStream() {
      @Override
      public void write(int octet) throws IOException {
        throw new IOException(reason);
      }
    };
  }
}
