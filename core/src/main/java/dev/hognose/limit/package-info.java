/** Does a process reach the memory limit of its container soon, and was it killed there? */
package dev.hognose.limit;
