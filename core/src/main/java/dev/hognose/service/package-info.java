/** What the processes of a service say together: figures of a minute, merged and never averaged. */
package dev.hognose.service;
