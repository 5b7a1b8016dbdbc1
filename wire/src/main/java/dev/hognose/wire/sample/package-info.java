/** Samples, in the form of hognose.v2 and in the one before: the one message read by hand. */
@NullMarked
package dev.hognose.wire.sample;

import org.jspecify.annotations.NullMarked;
