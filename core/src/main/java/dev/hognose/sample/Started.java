package dev.hognose.sample;

import java.util.Map;

/**
 * The agent began to watch the process.
 *
 * @param command with secrets masked
 * @param python its version
 * @param packages versions of those that matter, by name
 * @param workerKind gunicorn, uvicorn, celery; empty when the process is nobody's worker
 */
public record Started(
    String command,
    String python,
    Map<String, String> packages,
    long parentPid,
    String workerKind,
    Whereabouts whereabouts)
    implements Event.What {

  public Started {
    packages = Map.copyOf(packages);
  }
}
