/** What ails a process or a service besides leaks and loop blocks: one small class a diagnosis. */
package dev.hognose.diagnosis;
