package dev.hognose.collector.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hognose.collector.history.PastProfile;
import dev.hognose.collector.history.ProfileQuery;
import dev.hognose.profile.FlameTree;
import dev.hognose.profile.HotCode;
import dev.hognose.profile.HotPlace;
import dev.hognose.profile.ProfileDifference;
import dev.hognose.profile.ServiceProfile;
import dev.hognose.profile.StackCounts;
import java.time.Duration;
import java.util.List;

/**
 * Hot code as JSON: tables, a tree as flame graphs are drawn from, and the same tree as rows in
 * depth-first order with {@code level}, {@code label}, {@code value} and {@code self}.
 */
final class ProfileJson {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Nobody reads more of a table; what is beyond is in the tree. */
  private static final int MOST_PLACES = 200;

  private ProfileJson() {}

  static ObjectNode of(ProfileQuery query, PastProfile past) {
    ServiceProfile profile =
        past.profile()
            .orElseGet(
                () ->
                    new ServiceProfile(
                        query.service(),
                        "",
                        query.from(),
                        0,
                        0,
                        Duration.ZERO,
                        new StackCounts(List.of(), 0, false)));
    HotCode code = HotCode.of(profile);
    ObjectNode json =
        JSON.objectNode()
            .put("service", query.service())
            .put("from_ms", query.from().toEpochMilli())
            .put("to_ms", query.to().toEpochMilli())
            .put("minutes", past.minutes())
            .put("whole", past.whole());
    put(json, code.samples(), code.seen(), code.rest());
    json.put("cut", profile.stacks().cut());
    ArrayNode versions = json.putArray("versions");
    past.versions().forEach(versions::add);
    json.set("functions", places(code.functions()));
    json.set("lines", places(code.lines()));
    FlameTree tree = FlameTree.of(profile);
    json.set("tree", tree(tree));
    addTo(json.putArray("rows"), tree, 0);
    return json;
  }

  static ObjectNode difference(PastProfile before, PastProfile after) {
    ObjectNode json = JSON.objectNode().put("whole", before.whole() && after.whole());
    if (before.profile().isEmpty() || after.profile().isEmpty()) {
      put(json.putObject("before"), 0, 0, 0);
      put(json.putObject("after"), 0, 0, 0);
      json.putArray("functions");
      return json;
    }
    ProfileDifference difference =
        ProfileDifference.between(before.profile().get(), after.profile().get());
    put(json.putObject("before"), difference.before());
    put(json.putObject("after"), difference.after());
    ArrayNode functions = json.putArray("functions");
    difference.functions().stream()
        .limit(MOST_PLACES)
        .forEach(
            change ->
                functions
                    .addObject()
                    .put("function", change.function())
                    .put("before_ratio", change.before())
                    .put("after_ratio", change.after())
                    .put("total_before_ratio", change.totalBefore())
                    .put("total_after_ratio", change.totalAfter()));
    return json;
  }

  private static void put(ObjectNode json, ProfileDifference.Taken taken) {
    put(json, taken.samples(), taken.seen(), taken.rest());
  }

  private static void put(ObjectNode json, long samples, long seen, long rest) {
    json.put("samples", samples).put("seen", seen).put("rest", rest);
  }

  private static ArrayNode places(List<HotPlace> hottest) {
    ArrayNode places = JSON.arrayNode();
    hottest.stream()
        .limit(MOST_PLACES)
        .forEach(
            each ->
                places
                    .addObject()
                    .put("place", each.place())
                    .put("self", each.self())
                    .put("total", each.total()));
    return places;
  }

  private static ObjectNode tree(FlameTree node) {
    ObjectNode json =
        JSON.objectNode()
            .put("name", node.name())
            .put("value", node.value())
            .put("self", node.self());
    ArrayNode below = json.putArray("children");
    node.children().forEach(child -> below.add(tree(child)));
    return json;
  }

  private static void addTo(ArrayNode rows, FlameTree node, int level) {
    rows.addObject()
        .put("level", level)
        .put("label", node.name())
        .put("value", node.value())
        .put("self", node.self());
    node.children().forEach(child -> addTo(rows, child, level + 1));
  }
}
