package dev.hognose.app.console;

import dev.hognose.settings.SettingException;
import dev.hognose.streams.StartException;
import dev.hognose.wire.MalformedRecordException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Tells what went wrong in one sentence on standard error, with the exit code that says whose it
 * is: 2 for arguments and settings, 1 for the rest.
 *
 * <p>Only an exception that nobody foresaw is told with its stack trace.
 */
public final class Mistakes implements IParameterExceptionHandler, IExecutionExceptionHandler {

  private final Shell shell;

  public Mistakes(Shell shell) {
    this.shell = shell;
  }

  @Override
  public int handleParseException(ParameterException mistake, String[] arguments) {
    CommandLine command = mistake.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    tell(name + ": " + expected(mistake, command) + "; " + name + " --help tells more");
    return ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    if (failure instanceof Output.ClosedOutputException) {
      return ExitCode.OK;
    }
    String name = command.getCommandSpec().qualifiedName();
    tell(
        name
            + ": "
            + sentence(failure).map(Printable::escaped).orElseGet(() -> stackTrace(failure)));
    return failure instanceof SettingException ? ExitCode.USAGE : ExitCode.SOFTWARE;
  }

  /** What a failure that somebody foresaw says of itself. */
  private static Optional<String> sentence(Exception failure) {
    if (failure instanceof FailureException
        || failure instanceof SettingException
        || failure instanceof MalformedRecordException
        || failure instanceof StartException) {
      return Optional.ofNullable(failure.getMessage());
    }
    Throwable cause = failure instanceof UncheckedIOException ? failure.getCause() : failure;
    return cause instanceof IOException io ? Optional.of(io(io)) : Optional.empty();
  }

  private static String io(IOException failure) {
    if (failure instanceof NoSuchFileException missing) {
      return missing.getFile() + ": no such file";
    }
    if (failure instanceof AccessDeniedException denied) {
      return denied.getFile() + ": permission denied";
    }
    return String.valueOf(failure.getMessage());
  }

  private static String expected(ParameterException mistake, CommandLine command) {
    // The words for numbers are picocli's, and Java's.
    String message =
        oneLine(String.valueOf(mistake.getMessage()))
            .replaceFirst(" is not an? (int|short)$", ": expected an integer");
    List<String> commands = List.copyOf(command.getSubcommands().keySet());
    return mistake instanceof UnmatchedArgumentException unmatched
            && !unmatched.isUnknownOption()
            && !commands.isEmpty()
        ? message + ": expected one of " + String.join(", ", commands)
        : message;
  }

  private static String oneLine(String text) {
    String joined = Printable.escaped(text.strip().replaceAll("\\s*\\R\\s*", " "));
    return joined.isEmpty()
        ? joined
        : Character.toLowerCase(joined.charAt(0)) + joined.substring(1);
  }

  private static String stackTrace(Exception unforeseen) {
    StringWriter text = new StringWriter();
    unforeseen.printStackTrace(new PrintWriter(text, true));
    return "a defect: "
        + text.toString()
            .strip()
            .lines()
            .map(line -> Printable.escaped(line.replace("\t", "    ")))
            .collect(Collectors.joining("\n"));
  }

  private void tell(String sentence) {
    shell.err().say(sentence);
  }
}
