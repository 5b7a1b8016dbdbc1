"""
Event loops: how late they run what is due, and what blocks them, seen while it happens.

Cost: eleven looks a second by a thread, 0.16 % of a core (25 with uvloop); a heartbeat, 0.15 ms, at
each look that finds a loop at work; about 50 µs for a stack while a loop is blocked.
"""

from hognose.probes.loops.watchdog import Watchdog

__all__ = ["Watchdog"]
