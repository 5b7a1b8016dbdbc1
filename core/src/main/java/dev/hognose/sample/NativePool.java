package dev.hognose.sample;

/** Threads that a native library (BLAS, OpenMP) keeps for itself. */
public record NativePool(String library, int threads) {}
