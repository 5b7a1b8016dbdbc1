package dev.hognose.collector.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What an OpenAPI file says, to hold answers against. */
final class DescribedApi {

  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(VersionFlag.V202012);

  private final JsonNode description;

  DescribedApi(JsonNode description) {
    this.description = description;
  }

  Set<String> paths() {
    Set<String> paths = new TreeSet<>();
    description.get("paths").fieldNames().forEachRemaining(paths::add);
    return paths;
  }

  /** What of an answer is not as described. */
  List<String> complaints(String path, String status, JsonNode answer) {
    JsonNode schema =
        description
            .get("paths")
            .get(path)
            .at("/get/responses/" + status + "/content/application~1json/schema");
    if (schema.isMissingNode()) {
      return List.of("no description of " + status);
    }
    ObjectNode standing = schema.deepCopy();
    standing.set("components", description.get("components"));
    return SCHEMAS.getSchema(standing).validate(answer).stream()
        .map(ValidationMessage::getMessage)
        .toList();
  }
}
