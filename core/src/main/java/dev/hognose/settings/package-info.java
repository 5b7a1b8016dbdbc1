/** Settings from the environment: typed, defaulted, and refused when misspelt. */
package dev.hognose.settings;
