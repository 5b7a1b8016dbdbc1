/** What a process says about itself: samples, events, and the units that they are told in. */
package dev.hognose.sample;
