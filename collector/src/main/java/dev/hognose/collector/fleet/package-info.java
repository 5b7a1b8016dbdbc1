/** What is known of the processes that live now, and of the alerts about them. */
package dev.hognose.collector.fleet;
