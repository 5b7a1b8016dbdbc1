"""What CPU the installed line takes: without a service's name, and in a program that only forks."""

import json
import os
import pathlib
import sys

# Every parent that forks servers imports it, so that it is not the agent's.
import threading  # noqa: F401
import time

(line,) = [
    (folder / "hognose.pth").read_text()
    for folder in map(pathlib.Path, sys.path)
    if (folder / "hognose.pth").exists()
]
code = compile(line, "hognose.pth", "exec")


def timed():
    before = time.thread_time()
    exec(code)
    return time.thread_time() - before


without = timed()
os.environ["HOGNOSE_SERVICE"] = "bench"
sys.orig_argv[:] = ["python", "gunicorn", "shop:wsgi"]
forking = timed()
assert "hognose._lifecycle" not in sys.modules
print(json.dumps({"without": without, "forking": forking}), flush=True)
