"""
Event loops: how late they run what is due, and what blocks them, seen while it happens.

Cost: eleven looks a second at an idle loop by a thread, 0.16 % of a core (25 with uvloop); 25 beats
a second of a busy one, 8 to 100 µs each; about 50 µs for a stack while a loop is blocked.
"""

from hognose.probes.loops.watchdog import Watchdog

__all__ = ["Watchdog"]
