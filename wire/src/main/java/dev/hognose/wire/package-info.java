/** Bytes and what they mean: every topic with its serdes, one codec a message. */
@NullMarked
package dev.hognose.wire;

import org.jspecify.annotations.NullMarked;
