/** A window of samples and events in one file, packed by columns and sealed. */
@NullMarked
package dev.hognose.wire.capture;

import org.jspecify.annotations.NullMarked;
