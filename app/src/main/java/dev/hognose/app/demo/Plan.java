package dev.hognose.app.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hognose.alert.Alert;
import dev.hognose.app.console.FailureException;
import dev.hognose.sample.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What to start for a demonstration and what must be found, as {@code shop.plan} says it. */
record Plan(List<Service> services, List<PlantedFault> faults) {

  private static final String TARGET = "{target}";

  Plan {
    services = List.copyOf(services);
    faults = List.copyOf(faults);
  }

  /**
   * A service and the traffic for it.
   *
   * @param arguments of the Python interpreter
   * @param environment beside that of the demonstration
   * @param load arguments of the Python interpreter for the traffic
   */
  record Service(
      String name, List<String> arguments, Map<String, String> environment, List<String> load) {

    Service {
      arguments = List.copyOf(arguments);
      environment = Map.copyOf(environment);
      load = List.copyOf(load);
    }

    List<String> loadFor(String address) {
      return load.stream().map(argument -> argument.replace(TARGET, address)).toList();
    }
  }

  /**
   * Reads one.
   *
   * @throws FailureException when something is missing in it, named
   */
  static Plan parse(String json) {
    try {
      JsonNode plan = new ObjectMapper().readTree(json);
      List<Service> services = new ArrayList<>();
      required(plan, "processes").forEach(process -> services.add(service(process)));
      List<PlantedFault> faults = new ArrayList<>();
      required(plan, "alerts").forEach(alert -> faults.add(fault(alert)));
      return new Plan(services, faults);
    } catch (JsonProcessingException noJson) {
      throw new FailureException("plan of the demonstration: expected JSON", noJson);
    }
  }

  private static Service service(JsonNode process) {
    Map<String, String> environment = new TreeMap<>();
    required(process, "environment")
        .properties()
        .forEach(each -> environment.put(each.getKey(), each.getValue().asText()));
    return new Service(
        text(process, "service"),
        texts(required(process, "argv")),
        environment,
        texts(required(process, "load_argv")));
  }

  private static PlantedFault fault(JsonNode alert) {
    JsonNode culprit = required(alert, "culprit");
    return new PlantedFault(
        text(alert, "fault"),
        text(alert, "service"),
        kind(text(alert, "kind")),
        text(alert, "cause"),
        new Frame(
            text(culprit, "file"), required(culprit, "line").asInt(), text(culprit, "function")),
        text(alert, "twin"),
        text(alert, "twin_service"));
  }

  private static Alert.Kind kind(String name) {
    try {
      return Alert.Kind.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw new FailureException(
          "plan of the demonstration: kind=" + name + ": expected a kind of alert", unknown);
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  private static String text(JsonNode object, String field) {
    return required(object, field).asText();
  }

  private static JsonNode required(JsonNode object, String field) {
    if (!object.hasNonNull(field)) {
      throw new FailureException("plan of the demonstration: " + field + ": expected in " + object);
    }
    return object.path(field);
  }
}
