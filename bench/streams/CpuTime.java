import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Map;

/** CPU nanoseconds of each thread, by its name. */
record CpuTime(Map<String, Long> nanos) {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  static CpuTime now() {
    Map<String, Long> nanos = new HashMap<>();
    for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
      if (thread != null) {
        nanos.merge(
            thread.getThreadName(), THREADS.getThreadCpuTime(thread.getThreadId()), Long::sum);
      }
    }
    return new CpuTime(nanos);
  }

  CpuTime since(CpuTime before) {
    Map<String, Long> spent = new HashMap<>();
    nanos.forEach((name, now) -> spent.put(name, now - before.nanos.getOrDefault(name, 0L)));
    return new CpuTime(spent);
  }

  /** Of the threads with this in their names that read and judge. */
  double ofReaders(String name) {
    return sum(name, false);
  }

  /** Of those that write and restore for them. */
  double ofClients(String name) {
    return sum(name, true);
  }

  private double sum(String name, boolean clients) {
    return nanos.entrySet().stream()
        .filter(each -> each.getKey().contains(name))
        .filter(each -> isClient(each.getKey()) == clients)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static boolean isClient(String name) {
    return name.contains("producer-network") || name.contains("StateUpdater");
  }
}
