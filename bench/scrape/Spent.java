import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** By the server's threads until now. */
record Spent(long nanos, long bytes) {

  private static final ThreadMXBean THREADS =
      (ThreadMXBean) ManagementFactory.getThreadMXBean();

  static Spent now() {
    long nanos = 0;
    long bytes = 0;
    for (var thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
      if (thread != null && thread.getThreadName().startsWith(Server.THREADS)) {
        nanos += THREADS.getThreadCpuTime(thread.getThreadId());
        bytes += THREADS.getThreadAllocatedBytes(thread.getThreadId());
      }
    }
    return new Spent(nanos, bytes);
  }
}
