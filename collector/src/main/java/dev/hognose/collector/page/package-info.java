/** The fleet for people: what fires, where in the code, and what to do about it. */
package dev.hognose.collector.page;
