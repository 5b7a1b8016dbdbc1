package dev.hognose.alert;

/**
 * One figure that an alert rests on.
 *
 * @param unit {@code bytes}, {@code bytes_per_hour}, {@code seconds}, {@code ratio}, {@code count},
 *     {@code hours}, {@code unix_seconds} for a moment
 */
public record Evidence(String name, double value, String unit) {}
