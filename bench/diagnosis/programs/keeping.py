"""
From the first line of standard input on: replaces what it keeps, as many objects a second as its
argument says; tracemalloc sees all of them as new.
"""

import sys
import time
from collections import deque

OBJECTS = int(sys.argv[1])

kept: deque[list[object]] = deque(maxlen=3)
sys.stdin.readline()
while True:
    kept.append([object() for _ in range(OBJECTS)])
    time.sleep(1)
