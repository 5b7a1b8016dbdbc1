import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a benchmark tells, as `rows.py` has it: a figure, ours, the limit on this machine, others in
 * the same run.
 *
 * @param limit what nobody can pass here, such as a plain consumer
 * @param peers by their names
 * @param bar absent where a figure is told and not judged
 */
record Row(
    String question,
    double ours,
    String unit,
    OptionalDouble limit,
    Map<String, Double> peers,
    Optional<Bar> bar) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final MathContext DIGITS = new MathContext(6);

  /** What is wanted. */
  record Bar(String sign, double figure) {

    boolean isMetBy(double ours) {
      return sign.equals("<=") ? ours <= figure : ours >= figure;
    }

    @Override
    public String toString() {
      return sign + " " + digits(figure).toPlainString();
    }
  }

  static Row of(String question, double ours, String unit) {
    return new Row(question, ours, unit, OptionalDouble.empty(), Map.of(), Optional.empty());
  }

  Row limitedBy(double figure) {
    return new Row(question, ours, unit, OptionalDouble.of(figure), peers, bar);
  }

  Row beside(String peer, double figure) {
    Map<String, Double> more = new LinkedHashMap<>(peers);
    more.put(peer, figure);
    return new Row(question, ours, unit, limit, more, bar);
  }

  Row atMost(double figure) {
    return new Row(question, ours, unit, limit, peers, Optional.of(new Bar("<=", figure)));
  }

  Row atLeast(double figure) {
    return new Row(question, ours, unit, limit, peers, Optional.of(new Bar(">=", figure)));
  }

  /** Ours to the limit, or else to the least of the others. */
  private OptionalDouble ratio() {
    OptionalDouble beside =
        limit.isPresent() ? limit : peers.values().stream().mapToDouble(each -> each).min();
    return beside.isPresent()
        ? OptionalDouble.of(ours / beside.getAsDouble())
        : OptionalDouble.empty();
  }

  private ObjectNode json() {
    ObjectNode json = JSON.createObjectNode().put("question", question);
    json.put("ours", digits(ours)).put("unit", unit).put("limit", digits(limit));
    ObjectNode others = json.putObject("peers");
    peers.forEach((name, figure) -> others.put(name, digits(figure)));
    return json.put("ratio", digits(ratio()))
        .put("bar", bar.map(Bar::toString).orElse(null))
        .put("met", bar.map(each -> each.isMetBy(ours)).orElse(null));
  }

  private static BigDecimal digits(OptionalDouble number) {
    return number.isPresent() ? digits(number.getAsDouble()) : null;
  }

  private static BigDecimal digits(double number) {
    return new BigDecimal(number).round(DIGITS).stripTrailingZeros();
  }

  @Override
  public String toString() {
    List<String> beside = new ArrayList<>();
    limit.ifPresent(figure -> beside.add("limit " + number(figure)));
    peers.forEach((name, figure) -> beside.add(name + " " + number(figure)));
    ratio().ifPresent(figure -> beside.add("ratio " + number(figure)));
    return String.format(
            Locale.ROOT,
            "%-62s%10s %-10s%10s %-6s  %s",
            question,
            number(ours),
            unit,
            bar.map(Bar::toString).orElse(""),
            bar.map(each -> each.isMetBy(ours) ? "met" : "MISSED").orElse(""),
            String.join(", ", beside))
        .stripTrailing();
  }

  private static String number(double value) {
    return new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros().toPlainString();
  }

  /** To standard output: a table, or a list of rows. */
  static void tell(List<Row> rows, boolean asJson) throws IOException {
    if (asJson) {
      List<ObjectNode> told = rows.stream().map(Row::json).toList();
      System.out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(told));
    } else {
      rows.forEach(System.out::println);
    }
  }
}
