"""Leaks through one kind of container, at a steady rate, beside things that come and go."""

import functools
import sys
import time
from collections import deque

HISTORY = {}
RECENT = deque(maxlen=500)


class Store:
    def __init__(self):
        self.rows = []


STORE = Store()


class Basket:
    seen = set()  # noqa: RUF012 - that is the leak


def module_global(n):
    HISTORY[n] = f"order {n}"  # module global


def attribute(n):
    STORE.rows.append({"order": n})  # object of a module


def class_attribute(n):
    Basket.seen.add((n, str(n)))  # class attribute


def default_argument(n, known=[]):  # noqa: B006 - that is the leak
    known.append(f"order {n}")  # default argument


def remembering():
    known = []

    def remember(n):
        known.append([n])  # closure cell

    return remember


closure_cell = remembering()


@functools.cache
def cached(n):
    return f"price of {n}"  # cache


def cache(n):
    cached(n)  # cache


KINDS = {
    "module global": module_global,
    "object of a module": attribute,
    "class attribute": class_attribute,
    "default argument": default_argument,
    "closure cell": closure_cell,
    "cache": cache,
}


def samples(capture):
    """How many there are; a busy machine takes more time for them."""
    try:
        with open(capture, "rb") as file:
            return file.read().count(b"hognose.samples")
    except FileNotFoundError:
        return 0


if __name__ == "__main__":
    import hognose

    grow = KINDS[sys.argv[1]]
    hognose.start(service="bench")
    n, wanted = 0, int(sys.argv[3])
    while samples(sys.argv[2]) < wanted:
        for _ in range(500):
            grow(n)
            n += 1
        RECENT.extend({"order": str(each)} for each in range(50))
        time.sleep(0.03)
    hognose.stop()
