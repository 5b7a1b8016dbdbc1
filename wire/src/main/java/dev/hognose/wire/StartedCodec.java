package dev.hognose.wire;

import dev.hognose.sample.Started;
import dev.hognose.sample.Whereabouts;
import java.util.HashMap;
import java.util.Map;

/** The message {@code Started} of telemetry.proto. */
final class StartedCodec {

  private StartedCodec() {}

  static Started read(dev.hognose.v1.Started m) {
    Map<String, String> packages = new HashMap<>();
    m.getPackagesList().forEach(each -> packages.put(each.getName(), each.getVersion()));
    return new Started(
        m.getCommand(),
        m.getPython(),
        packages,
        m.getParentPid(),
        m.getWorkerKind(),
        new Whereabouts(
            m.getEnvironment(), m.getPod(), m.getNode(), m.getNamespace(), m.getContainer()));
  }

  static dev.hognose.v1.Started write(Started started) {
    dev.hognose.v1.Started.Builder m =
        dev.hognose.v1.Started.newBuilder()
            .setCommand(started.command())
            .setPython(started.python())
            .setParentPid(started.parentPid())
            .setWorkerKind(started.workerKind())
            .setEnvironment(started.whereabouts().environment())
            .setPod(started.whereabouts().pod())
            .setNode(started.whereabouts().node())
            .setNamespace(started.whereabouts().namespace())
            .setContainer(started.whereabouts().container());
    started.packages().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(each -> m.addPackagesBuilder().setName(each.getKey()).setVersion(each.getValue()));
    return m.build();
  }
}
