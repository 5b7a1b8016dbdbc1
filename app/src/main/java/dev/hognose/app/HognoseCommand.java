package dev.hognose.app;

import dev.hognose.app.access.AclsCommand;
import dev.hognose.app.console.Mistakes;
import dev.hognose.app.console.Shell;
import dev.hognose.app.demo.DemoCommand;
import dev.hognose.app.judge.JudgeCommand;
import dev.hognose.app.replay.CaptureCommand;
import dev.hognose.app.replay.ReplayCommand;
import dev.hognose.app.service.CollectorCommand;
import dev.hognose.app.service.StreamsCommand;
import dev.hognose.app.tail.TailCommand;
import dev.hognose.app.topics.TopicsCommand;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root of the command line. */
@Command(
    name = "hognose",
    description = "Streaming telemetry for production Python services.",
    versionProvider = HognoseCommand.Version.class,
    mixinStandardHelpOptions = true,
    scope = CommandLine.ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  hognose demo                       everything on this machine, with faults to find",
      "  hognose tail window.hognose        what a capture holds",
      "  hognose COMMAND --help             options and examples of a command"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:it failed, or found something wrong",
      "2:wrong arguments or settings"
    })
public final class HognoseCommand implements Runnable {

  private static final int HELP_WIDTH = 100;

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  /** The whole command line, its commands wired by hand. */
  public static CommandLine in(Shell shell) {
    Mistakes mistakes = new Mistakes(shell);
    return new CommandLine(new HognoseCommand())
        .addSubcommand(new DemoCommand(shell))
        .addSubcommand(new StreamsCommand(shell))
        .addSubcommand(new CollectorCommand(shell))
        .addSubcommand(new JudgeCommand())
        .addSubcommand(new TopicsCommand(shell))
        .addSubcommand(new AclsCommand(shell))
        .addSubcommand(new TailCommand(shell))
        .addSubcommand(new ReplayCommand(shell, version()))
        .addSubcommand(new CaptureCommand(shell, version()))
        .setUsageHelpWidth(HELP_WIDTH)
        .setOut(shell.out().printer())
        .setErr(shell.err().printer())
        .setParameterExceptionHandler(mistakes)
        .setExecutionExceptionHandler(mistakes);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command");
  }

  /** With the version that the build wrote into the jar. */
  private static String version() {
    Optional<String> built =
        Optional.ofNullable(HognoseCommand.class.getPackage().getImplementationVersion());
    return "hognose " + built.orElse("(not built as a jar)");
  }

  /** Which program this is. */
  static final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
      return new String[] {version()};
    }
  }
}
