/** Hot code: sampled stacks of a service merged, and what they say. */
package dev.hognose.profile;
