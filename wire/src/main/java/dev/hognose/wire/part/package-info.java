/** What several messages hold: a process, a stack, a histogram. For the codecs of wire alone. */
@NullMarked
package dev.hognose.wire.part;

import org.jspecify.annotations.NullMarked;
