/** The door: who may come in over HTTP, how long he may take, and what he never sees. */
package dev.hognose.collector.http;
