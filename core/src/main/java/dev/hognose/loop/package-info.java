/** What blocks the event loops of a service, told once: blocks become episodes, episodes alerts. */
package dev.hognose.loop;
