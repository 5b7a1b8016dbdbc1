/** Any message, by its own description: as JSON, and without the names in it. */
@NullMarked
package dev.hognose.wire.message;

import org.jspecify.annotations.NullMarked;
