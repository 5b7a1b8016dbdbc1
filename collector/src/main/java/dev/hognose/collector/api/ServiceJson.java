package dev.hognose.collector.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hognose.collector.fleet.ServiceState;
import dev.hognose.service.ServiceSummary;
import dev.hognose.wire.message.RecordJson;
import java.util.Optional;

/** A service as JSON: what it has now, and its latest minute where the streams have told it. */
final class ServiceJson {

  private ServiceJson() {}

  static ObjectNode of(ServiceState service, Optional<ServiceSummary> summary) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("service", service.name())
            .put("processes", service.processes().size())
            .put("rss_bytes", service.memory().count())
            .put("alerts_firing", service.firing());
    ArrayNode versions = json.putArray("versions");
    service.versions().forEach(versions::add);
    summary.ifPresent(minute -> json.set("summary", RecordJson.of(minute)));
    return json;
  }
}
