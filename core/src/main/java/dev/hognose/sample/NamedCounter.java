package dev.hognose.sample;

/** Warnings, exceptions or asyncio mishaps since the process started, by what and where. */
public record NamedCounter(String name, String site, long total) {}
