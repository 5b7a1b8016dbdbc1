/** What a series of floors says: its slope, how monotone it is, and which shape fits it. */
package dev.hognose.series;
