package dev.hognose.alert;

/**
 * One figure that an alert rests on.
 *
 * @param unit {@code bytes}, {@code bytes_per_hour}, {@code seconds}, {@code ratio}, {@code count},
 *     {@code hours}
 */
public record Evidence(String name, double value, String unit) {}
