/** Numbers of stored state in few bytes, without loss. */
package dev.hognose.packed;
