/** What charts and flame graphs are drawn from, as JSON. */
package dev.hognose.collector.chart;
