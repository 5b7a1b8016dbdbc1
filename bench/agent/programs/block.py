"""Blocks its event loop in one way after the other, and tells when and for how long it did."""

import asyncio
import gc
import itertools
import json
import os
import socket
import subprocess
import sys
import threading
import time

import requests

# One connection for all, made before it counts.
SESSION = requests.Session()
URL = sys.argv[2]
HEAP = []


def sleep(seconds):
    time.sleep(seconds)


def socket_read(seconds):
    ours, theirs = socket.socketpair()
    threading.Timer(seconds, theirs.send, [b"x"]).start()
    ours.recv(1)


def http(seconds):
    SESSION.get(f"{URL}?{seconds}")


def child(seconds):
    subprocess.run(["sleep", str(seconds)])


def lock(seconds):
    held = threading.Lock()
    held.acquire()
    threading.Timer(seconds, held.release).start()
    held.acquire()


def python(seconds):
    """Of CPU time: its own doing is as long on a busy machine as on an idle one."""
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        sum([1, 2, 3])


def rate(work, amount):
    before = time.thread_time()
    work(amount)
    return amount / (time.thread_time() - before)


def count(number):
    sum(itertools.repeat(1, number))


def c_call(seconds):
    count(int(seconds * PER_SECOND))


def garbage(seconds):
    gc.collect()


def starved(seconds):
    """Little work, on a CPU that others are on; how long it takes is up to the kernel."""
    os.nice(0)
    until = time.thread_time() + seconds / 8
    while time.thread_time() < until:
        pass


KINDS = {
    "sleep": sleep,
    "socket read": socket_read,
    "requests": http,
    "subprocess": child,
    "lock": lock,
    "pure Python": python,
    "C call": c_call,
    "GC pause": garbage,
    "starved": starved,
}


def prepared(kind, seconds):
    """What there must be before, outside of the block."""
    if kind == "GC pause":
        HEAP.clear()
        gc.collect()
        one = [[n] for n in range(200_000)]
        before = time.thread_time()
        gc.collect()
        need = min(6_000_000, int(200_000 * seconds / (time.thread_time() - before)))
        del one
        gc.disable()
        HEAP.extend([n] for n in range(need))
    if kind == "starved":
        cpu = min(os.sched_getaffinity(0))
        os.sched_setaffinity(threading.get_native_id(), {cpu})
        hog = f"import os; os.sched_setaffinity(0, {{{cpu}}})\nwhile True: pass"
        return [subprocess.Popen([sys.executable, "-S", "-c", hog], env={}) for _ in range(7)]
    return []


async def main():
    await asyncio.sleep(1.0)
    for kind, seconds in json.loads(sys.argv[3]):
        others = (
            await asyncio.to_thread(prepared, kind, seconds)
            if kind == "starved"
            else prepared(kind, seconds)
        )
        if kind == "starved":
            os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        await asyncio.sleep(0.5)
        at, before = time.time(), time.perf_counter()
        KINDS[kind](seconds)
        took = time.perf_counter() - before
        # What is put in order again is no part of the block.
        await asyncio.sleep(0)
        for other in others:
            other.kill()
        os.sched_setaffinity(0, ALL)
        gc.enable()
        await asyncio.sleep(0.2)
        for other in others:
            other.wait()
        if HEAP:
            # To free them blocks the loop, too: not so soon that it is taken for what was planted.
            await asyncio.sleep(0.4)
            HEAP.clear()
        print(json.dumps({"kind": kind, "at": at, "seconds": took}), flush=True)
    print(json.dumps({}), flush=True)


ALL = os.sched_getaffinity(0)
PER_SECOND = max(rate(count, 3_000_000) for _ in range(5))
http(0)
if sys.argv[1] == "uvloop":
    import uvloop

    uvloop.install()
import hognose

hognose.start(service="bench")
asyncio.run(main())
hognose.stop()
