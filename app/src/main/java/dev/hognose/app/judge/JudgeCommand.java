package dev.hognose.app.judge;

import dev.hognose.app.console.Printable;
import dev.hognose.app.console.ProgressLine;
import dev.hognose.leak.LeakDetector;
import dev.hognose.leak.LeakPolicy;
import dev.hognose.leak.LeakPresets;
import dev.hognose.leak.ServiceDetector;
import dev.hognose.limit.LimitPolicy;
import dev.hognose.limit.LimitWatch;
import dev.hognose.settings.Durations;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hognose judge}: recorded memory traces in, a verdict a process out. */
@Command(
    name = "judge",
    mixinStandardHelpOptions = true,
    header = "Says which processes leak, from recorded memory traces.",
    description = {
      "",
      "A trace is a CSV file with a header. It needs the columns ts_ms (milliseconds since 1970)"
          + " and rss (bytes); uss, blocks (sys.getallocatedblocks()), traced (tracemalloc, bytes),"
          + " limit (bytes), start_ms, malloc_free (bytes, mallinfo2's fordblks), version, service"
          + " and process make the verdict better. Rows are in order of arrival.",
      "",
      "Processes of one service in one trace are judged together: growth that peers and earlier"
          + " lives have shown to end is no leak, and growth beyond theirs is one the sooner.",
      "",
      "Each process of each trace gets a line of JSON on standard output: first_leak_ms,"
          + " slope_bytes_per_h, leaks_ms, slopes, final_leak, final_slope_bytes_per_h, where,"
          + " confidence, out_of_memory_soon_ms; and of a leak, as it was at the first onset, heap,"
          + " version where the trace tells it,"
          + " since_ms, slope_low_bytes_per_h and slope_high_bytes_per_h (95 %% confidence),"
          + " hours_to_limit, hours_to_limit_low and hours_to_limit_high where there is a limit.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  every .csv and .csv.gz of a directory:",
      "      hognose judge traces/",
      "  a suspicion is enough:",
      "      hognose judge --policy early worker.csv",
      "  minutes that were sampled several times a second:",
      "      hognose judge --bucket 1s demo.csv",
      "  only what leaks at the end:",
      "      zcat old.csv.gz | hognose judge - | jq 'select(.final_leak)'"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all traces were judged",
      "1:a trace could not be read; the verdicts before it are valid",
      "2:the command line was wrong"
    })
public final class JudgeCommand implements Callable<Integer> {

  private static final int BAD_TRACE = 1;

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "A .csv, a .csv.gz, a directory of them, or - for standard input.")
  private List<String> paths = List.of();

  @Option(
      names = "--policy",
      paramLabel = "NAME",
      description =
          "early, fast, balanced, pager or strict. Default: pager, which judges the processes of a"
              + " service together; the others judge each alone.")
  private String policy = LeakPolicy.PAGER.name();

  @Option(
      names = "--alone",
      description = "Judge each process without regard to the others of its service.")
  private boolean alone;

  @Option(
      names = "--bucket",
      paramLabel = "TIME",
      description =
          "Width of the finest floors; every time in the judgement is a multiple of it,"
              + " 30 of them count as an hour. Default: 2m.")
  private String bucket = "2m";

  @Option(
      names = "--counts",
      description = "Say on standard error what became of the samples of each trace.")
  private boolean counts;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final InputStream standardInput;
  private final PrintStream standardOutput;

  public JudgeCommand() {
    this(System.in, System.out);
  }

  /**
   * Judges what comes from and goes to other streams than the program's.
   *
   * @param standardOutput a stream, as a writer around one would not tell that it is closed
   */
  public JudgeCommand(InputStream standardInput, PrintStream standardOutput) {
    this.standardInput = standardInput;
    this.standardOutput = standardOutput;
  }

  @Override
  public Integer call() {
    LeakPolicy chosen = chosenPolicy();
    PrintWriter err = spec.commandLine().getErr();
    try {
      List<TraceFile> files = TraceFile.at(paths, standardInput);
      Progress progress =
          new Progress(ProgressLine.onTerminal(err), System::nanoTime, files.size());
      for (TraceFile file : files) {
        judge(
            new TraceJudge(file, new LeakDetector(chosen), together(chosen), limit(chosen)),
            file,
            progress);
      }
      return CommandLine.ExitCode.OK;
    } catch (BadTraceException refused) {
      err.println(Printable.escaped(String.valueOf(refused.getMessage())));
      return BAD_TRACE;
    }
  }

  private Optional<ServiceDetector> together(LeakPolicy chosen) {
    return alone ? Optional.empty() : ServiceDetector.beside(chosen);
  }

  private static LimitWatch limit(LeakPolicy chosen) {
    return new LimitWatch(LimitPolicy.DEFAULT.withFloor(chosen.bucket().dividedBy(2)));
  }

  private LeakPolicy chosenPolicy() {
    LeakPolicy chosen = option("--policy", policy, () -> LeakPresets.named(policy));
    return option("--bucket", bucket, () -> chosen.withBucket(Durations.parse(bucket)));
  }

  private <T> T option(String name, String text, Supplier<T> parsed) {
    try {
      return parsed.get();
    } catch (IllegalArgumentException refused) {
      throw new ParameterException(
          spec.commandLine(), name + "=" + text + ": " + refused.getMessage(), refused);
    }
  }

  private void judge(TraceJudge judge, TraceFile file, Progress progress) {
    try {
      judge.run(progress);
    } finally {
      progress.hide();
    }
    progress.fileDone();
    tell(judge);
    PrintWriter err = spec.commandLine().getErr();
    judge.doubts().forEach(doubt -> err.println(Printable.escaped(doubt)));
    if (counts) {
      err.println(Printable.escaped(file.shown() + ": " + judge.counts()));
    }
  }

  private void tell(TraceJudge judge) {
    VerdictJson json = new VerdictJson();
    judge.verdicts().forEach(verdict -> standardOutput.println(json.line(verdict)));
    if (standardOutput.checkError()) {
      throw new BadTraceException("standard output: closed, or it cannot be written");
    }
  }
}
