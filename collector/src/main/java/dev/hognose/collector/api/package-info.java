/** The fleet as JSON for scripts. */
package dev.hognose.collector.api;
