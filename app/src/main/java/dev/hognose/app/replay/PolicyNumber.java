package dev.hognose.app.replay;

import dev.hognose.streams.Policies;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One number that decides, wherever in {@link Policies} it stands: {@code limit.horizon} is that of
 * the limit's policy. They are found in the records themselves, so that a new one is known at once.
 *
 * @param path names of the records' components, from the outside
 */
record PolicyNumber(List<String> path) {

  /** Not numbers that decide alone: a bucket sets the pace of all of them, a name sets none. */
  private static final Set<String> NOT_ALONE = Set.of("bucket", "name");

  private static final List<PolicyNumber> ALL = below(Policies.class, List.of()).toList();

  PolicyNumber {
    path = List.copyOf(path);
  }

  /** Those that are no settings of their own, in the order of the policies. */
  static List<PolicyNumber> all() {
    return ALL.stream().filter(each -> !PolicyKey.keys().contains(each.key())).toList();
  }

  static Optional<PolicyNumber> named(String key) {
    return all().stream().filter(each -> each.key().equals(key)).findFirst();
  }

  private static Stream<PolicyNumber> below(Class<?> type, List<String> path) {
    if (!type.isRecord()) {
      return Stream.of(new PolicyNumber(path));
    }
    return Arrays.stream(type.getRecordComponents())
        .filter(component -> !NOT_ALONE.contains(component.getName()))
        .flatMap(component -> below(component.getType(), and(path, component.getName())));
  }

  private static List<String> and(List<String> path, String name) {
    List<String> longer = new ArrayList<>(path);
    longer.add(name);
    return longer;
  }

  /** As people write it: {@code diagnosis.slow-tasks.age}. */
  String key() {
    return path.stream()
        .map(name -> name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
        .collect(Collectors.joining("."));
  }

  /** What stands there, as people would write it. */
  String in(Policies policies) {
    return WrittenNumber.of(value(policies));
  }

  private Object value(Policies policies) {
    Object value = policies;
    for (String name : path) {
      value = read(value, name);
    }
    return value;
  }

  /**
   * The policies with another value here.
   *
   * @throws IllegalArgumentException when it cannot be; the message says what was expected
   */
  Policies with(Policies policies, String text) {
    return (Policies) replaced(policies, path, WrittenNumber.read(value(policies), text));
  }

  private static Object replaced(Object owner, List<String> path, Object value) {
    RecordComponent[] components = owner.getClass().getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      Object before = read(owner, components[i].getName());
      types[i] = components[i].getType();
      arguments[i] = before;
      if (components[i].getName().equals(path.get(0))) {
        arguments[i] =
            path.size() == 1 ? value : replaced(before, path.subList(1, path.size()), value);
      }
    }
    return made(owner.getClass(), types, arguments);
  }

  private static Object made(Class<?> type, Class<?>[] types, Object[] arguments) {
    try {
      Constructor<?> canonical = type.getDeclaredConstructor(types);
      canonical.setAccessible(true);
      return canonical.newInstance(arguments);
    } catch (InvocationTargetException refused) {
      throw new IllegalArgumentException(refused.getTargetException().getMessage(), refused);
    } catch (ReflectiveOperationException impossible) {
      throw new LinkageError("a record has a canonical constructor", impossible);
    }
  }

  private static Object read(Object owner, String name) {
    try {
      var accessor = owner.getClass().getDeclaredMethod(name);
      accessor.setAccessible(true);
      return accessor.invoke(owner);
    } catch (ReflectiveOperationException impossible) {
      throw new LinkageError("a record tells its components", impossible);
    }
  }
}
