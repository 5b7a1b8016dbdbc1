package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import java.util.Locale;

/** What to do about each illness, and how soon. */
final class Advice {

  private static final String PAGE = "docs/diagnoses.md#";

  private Advice() {}

  /** Two sentences, and where more is to be read. */
  static String on(Alert.Kind kind) {
    return sentences(kind) + beside(kind) + " See " + PAGE + anchor(kind) + ".";
  }

  /** What else may be told of the same thing, from another side. */
  private static String beside(Alert.Kind kind) {
    return switch (kind) {
      case UNBOUNDED_CACHE, GROWING_DEFAULT_ARGUMENT, GROWING_CONTAINER, CLOSURE_KEEPS ->
          " A memory_leak of this service that lists it is the same growth, told in bytes.";
      default -> "";
    };
  }

  /** The heading of a kind on the page of diagnoses, as links name it. */
  static String anchor(Alert.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  static Alert.Severity severity(Alert.Kind kind) {
    return switch (kind) {
      case CRASH_LOOP -> Alert.Severity.CRITICAL;
      case DEPRECATION_WARNINGS, SLOW_TASKS, GROWING_CONTAINER, REFERENCE_CYCLES, TRACING_BUDGET ->
          Alert.Severity.INFO;
      default -> Alert.Severity.WARNING;
    };
  }

  private static String sentences(Alert.Kind kind) {
    return switch (kind) {
      case GIL_CONTENTION ->
          "Only one thread at a time runs Python code, so move the busy thread's work into a"
              + " process. Where it must stay, give it pauses and measure the loop's lag again.";
      case POOL_CPU ->
          "A thread pool makes CPU work in Python no faster and slows the event loop down: use a"
              + " ProcessPoolExecutor. Keep threads for calls that wait or that release the GIL.";
      case OVERSUBSCRIPTION ->
          "Set OMP_NUM_THREADS and OPENBLAS_NUM_THREADS to the quota divided by the number of"
              + " workers. Their default is the machine's cores, not the container's.";
      case CPU_THROTTLED ->
          "Raise the container's CPU limit, or run fewer workers and native threads within it."
              + " Latency suffers long before the average reaches the limit.";
      case GC_PRESSURE ->
          "Call gc.freeze() after start-up and raise gc.set_threshold(), so that long-lived objects"
              + " are not visited again and again. Then look for what allocates containers at this"
              + " rate.";
      case REFERENCE_CYCLES ->
          "Find the types with gc.set_debug(gc.DEBUG_SAVEALL) in a test, and break the circle with"
              + " weakref or by clearing a reference. Exceptions kept in variables and parents known"
              + " by their children are the usual ones.";
      case TASK_LEAK ->
          "Look at what these tasks await: something that never comes, or a queue that nobody"
              + " reads. Start them in an asyncio.TaskGroup, or with asyncio.timeout(), so that they"
              + " end with the request.";
      case SLOW_TASKS ->
          "Find what these tasks await, and give it a limit with asyncio.timeout(). Where it is a"
              + " connection that is meant to last, nothing is wrong.";
      case UNREAD_EXCEPTIONS ->
          "Keep a reference to each task and await it, or read its exception in a done callback."
              + " An asyncio.TaskGroup does both.";
      case NEVER_AWAITED ->
          "Put an await before the call, or hand the coroutine to asyncio.create_task(). What it"
              + " should do has not been done.";
      case DESTROYED_PENDING ->
          "The event loop keeps only weak references to tasks: keep one of your own until the task"
              + " is done. An asyncio.TaskGroup does that.";
      case THREAD_LEAK ->
          "Use one executor for the process instead of threads or executors made for each request."
              + " What must be made anew belongs into a with statement, which ends its threads.";
      case DESCRIPTOR_LEAK ->
          "Open files, sockets and clients in a with statement, and share one client for all"
              + " requests. At the limit every accept() and open() of the process fails.";
      case CHILD_PROCESS_LEAK ->
          "Wait for every child that is started, with a timeout, and kill it when that passes. What"
              + " nobody waits for stays a zombie until its parent ends.";
      case UNBOUNDED_CACHE ->
          "Give the cache a maxsize, or use a cache with a time to live. On a method it keeps every"
              + " object that the method was called on.";
      case GROWING_DEFAULT_ARGUMENT ->
          "Make the default None and create the container in the function: a default is made once"
              + " and shared by all calls. The calls so far have already mixed their data.";
      case GROWING_CONTAINER ->
          "Give the container a bound, or remove its entries where they are no longer needed. A"
              + " deque with maxlen, an LRU or a WeakValueDictionary forgets by itself.";
      case CLOSURE_KEEPS ->
          "The function outlives what it has captured: pass the values as arguments, or unregister"
              + " the function. Callbacks and decorators are the usual places.";
      case EXCEPTION_SURGE ->
          "Look at what changed when it began: a deploy, a dependency, an input. The rate that this"
              + " place is used to stands beside the rate now.";
      case UNEXPECTED_ERROR ->
          "This type of exception means that the code is wrong, not its input: read the traceback at"
              + " this place. A type checker finds most of them before they are deployed.";
      case RESOURCE_WARNINGS ->
          "Something was left to the garbage collector to close: open it in a with statement. With"
              + " PYTHONTRACEMALLOC=10 the warning tells where it was opened.";
      case DEPRECATION_WARNINGS ->
          "Change the call before the release that removes what it calls. Run the tests with"
              + " python -W error::DeprecationWarning to find the others.";
      case CRASH_LOOP ->
          "Read the first traceback after a start; a deploy that began it should be taken back."
              + " Configuration, migrations and addresses of dependencies are the usual causes.";
      case SILENT_PROCESS ->
          "See whether it still runs, and whether the kernel or an orchestrator killed it. One that"
              + " runs but says nothing is stopped, starved of CPU, or cut off from Kafka.";
      case TRACING_BUDGET ->
          "Allocation sites may be missing from leak alerts of this process. Where they are needed,"
              + " raise HOGNOSE_PAUSE_BUDGET in one worker.";
      case SAMPLES_DROPPED ->
          "Kafka was too slow or away for longer than the outbox lasts: figures of that time are"
              + " missing. Look at the broker first, then raise HOGNOSE_OUTBOX_BYTES.";
      case CLOCK_SKEW ->
          "Let NTP or chrony slew the host's clock instead of stepping it. What the process said in"
              + " the time that came twice is judged from the newer samples only.";
      case MEMORY_LEAK, OUT_OF_MEMORY_SOON, OOM_KILLED, LOOP_BLOCK, LOOP_LAG ->
          throw new IllegalArgumentException(kind + ": expected a diagnosis");
    };
  }
}
