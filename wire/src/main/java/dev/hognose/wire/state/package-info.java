/** What the streams know between two records, as their stores and inner topics have it. */
@NullMarked
package dev.hognose.wire.state;

import org.jspecify.annotations.NullMarked;
