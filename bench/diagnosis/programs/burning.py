"""At the first line of standard input: computes in one thread for ever."""

import sys

sys.stdin.readline()
while True:
    sum(range(100_000))
