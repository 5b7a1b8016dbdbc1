/** Conditions with a life: what fires, what changes, what resolves. */
package dev.hognose.alert;
