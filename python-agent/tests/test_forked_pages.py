"""A worker forked from a large parent keeps sharing its memory, whatever the agent looks at."""

from __future__ import annotations

import json
import sys

import pytest
from service import Service

# A parent with 400 library modules, whose functions and tables lie on many pages, and a heap.
FORKING = """\
import gc, json, marshal, os, sys, types
source = "TABLE = {str(n): (n, str(n)) for n in range(300)}\\n" + "".join(
    f"def f{n}(a, b=[], *, c=None): return [a, b, c]\\n" for n in range(60)
)
# Each module has code of its own, compiled only once.
code = marshal.dumps(compile(source, "/usr/lib/python3/dist-packages/library.py", "exec"))
for number in range(400):
    module = types.ModuleType(f"library{number}")
    module.__file__ = f"/usr/lib/python3/dist-packages/library{number}.py"
    exec(marshal.loads(code), vars(module))
    sys.modules[module.__name__] = module
heap = [{"number": n, "rows": [str(n)]} for n in range(150_000)]
from hognose._budget import Budget
from hognose.probes.retention import Containers
from hognose.probes.retention.types import Types
gc.collect()

def uss():
    rollup = open("/proc/self/smaps_rollup").read().splitlines()
    return sum(int(line.split()[1]) for line in rollup if line.startswith("Private_")) / 1024

reads, writes = os.pipe()
if os.fork() == 0:
    containers, types = Containers(**json.loads(sys.argv[1])), Types()
    if "reckless" in sys.argv:
        containers = Containers(is_sharing=lambda: False)
        types = Types(Budget(pause=1.0), is_sharing=lambda: False)
    # The search's own working memory, once.
    containers.read()
    before = uss()
    for _ in range(60):
        containers.read()
    types.scan()
    os.write(writes, json.dumps([before, uss(), types.skipped]).encode())
    os._exit(0)
os.wait()
print(os.read(reads, 1000).decode())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_searches_leave_the_parents_pages_shared(service: Service) -> None:
    """A search that does not care takes many times as much: the test can see it."""
    path = service.write(FORKING)

    careful = json.loads(
        service.run(sys.executable, path, "{}", settings={"HOGNOSE_SERVICE": ""}).stdout
    )
    reckless = json.loads(
        service.run(sys.executable, path, "{}", "reckless", settings={"HOGNOSE_SERVICE": ""}).stdout
    )

    assert careful[1] - careful[0] < 2.0, careful
    assert reckless[1] - reckless[0] > 10 * max(1.0, careful[1] - careful[0]), reckless
