/** Reads the topics into the fleet. */
package dev.hognose.collector.intake;
