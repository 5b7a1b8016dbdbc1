import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Numbers that a benchmark is given by name; a mistake ends it with 2 and one sentence. */
record Options(Map<String, Long> numbers) {

  private static final String NUMBER = "[0-9]{1,9}";

  /**
   * Reads them.
   *
   * @param bench its name, for sentences
   * @param free those that may be 0
   * @param usage for who asks for help
   */
  static Options of(
      String bench, List<String> args, Map<String, Long> usual, Set<String> free, String usage) {
    Map<String, Long> numbers = new TreeMap<>(usual);
    for (int i = 0; i < args.size(); i += 2) {
      String name = args.get(i);
      String value = i + 1 < args.size() ? args.get(i + 1) : "";
      if (name.equals("--help")) {
        System.out.println(usage);
        System.exit(0);
      }
      if (!usual.containsKey(name)) {
        refuse("bench %s: %s: expected some of %s".formatted(bench, name, numbers.keySet()));
      }
      int least = free.contains(name) ? 0 : 1;
      if (!value.matches(NUMBER) || Long.parseLong(value) < least) {
        refuse("bench %s: %s %s: expected a number, %d or more".formatted(bench, name, value, least));
      }
      numbers.put(name, Long.parseLong(value));
    }
    return new Options(numbers);
  }

  private static void refuse(String sentence) {
    System.err.println(sentence);
    System.exit(2);
  }

  long get(String name) {
    return numbers.get(name);
  }
}
