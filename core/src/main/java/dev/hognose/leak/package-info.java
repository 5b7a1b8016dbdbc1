/**
 * Is the memory of a process leaking, how fast, since when, in which heap, and when does it reach
 * its limit?
 */
package dev.hognose.leak;
