/** What a process told in the past, read when somebody asks. */
package dev.hognose.collector.history;
