"""From the first line of standard input on: a profile of its own every few seconds, of a deep stack."""

import sys
import threading
import time

import hognose

_DEPTH = 60


def handle(order: int) -> None:
    if order:
        handle(order - 1)
    while True:
        sum(range(1_000))
        time.sleep(0.001)


sys.stdin.readline()
threading.Thread(target=handle, args=(_DEPTH,), daemon=True).start()
while True:
    hognose.profile(2)
    time.sleep(2)
