"""
At the first line of standard input: the clock that its code reads is set back by so many seconds.

That of the machine would be set for everything else, too.
"""

import sys
import time

time_ns = time.time_ns
seconds = float(sys.stdin.readline())
time.time_ns = lambda: time_ns() - round(seconds * 1e9)
while True:
    time.sleep(1)
