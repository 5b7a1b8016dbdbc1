/** The collector put together: topics in, metrics, API and page out. */
package dev.hognose.collector;
