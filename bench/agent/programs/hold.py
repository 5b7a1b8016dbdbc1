"""
How long a thread waits for the GIL at most, apart from the time it waits for a CPU.

The main thread sleeps for half a millisecond again and again; what it sleeps longer than that, less
its own wait in the kernel's run queue, it spent waiting for whoever had the GIL. The floor is what
the kernel's timer adds.
"""

import json
import sys
import time

if sys.argv[1] == "with":
    import hognose

    hognose.start(service="bench")

GROWING = []
HEAP = [{"n": str(n)} for n in range(int(sys.argv[3]))]
NAP = 0.0005
time.sleep(2)


def queued(file):
    file.seek(0)
    return int(file.read().split()[1]) / 1e9


with open("/proc/thread-self/schedstat") as file:
    waits = []
    until = time.perf_counter() + float(sys.argv[2])
    while (began := time.perf_counter()) < until:
        waited = queued(file)
        time.sleep(NAP)
        ended = time.perf_counter()
        waits.append(ended - began - NAP - (queued(file) - waited))
        if HEAP:
            GROWING.append(bytearray(2000))
waits.sort()
print(json.dumps({"longest": waits[-1], "p999": waits[int(len(waits) * 0.999)]}), flush=True)
