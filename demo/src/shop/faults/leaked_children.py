"""A child process for each request that nobody ends; its twin keeps one for all."""

import os
import subprocess
from itertools import count

from shop.fault import Answer, Fault, Twin, planted, ready

#: Growth ends here: a demo that is left running must not eat the machine.
MOST = 150

_started = count()
#: Printers read from here until the service is gone, and end then.
_labels, _written = os.pipe()
_children: list[subprocess.Popen[bytes]] = []
_printers: list[subprocess.Popen[bytes]] = []


def _printer() -> subprocess.Popen[bytes]:
    return subprocess.Popen(["cat"], stdin=_labels)


async def print_label() -> Answer:
    """Print a label, each time by a new program that waits for more until the service ends."""
    if next(_started) < MOST:
        _children.append(_printer())  # the planted line
    return {"printed": True}


async def print_label_fixed() -> Answer:
    """Print a label by the one program that is kept for it."""
    if not _printers:
        _printers.append(_printer())
    return {"printed": _printers[0].poll() is None}


FAULT = Fault(
    name="leaked_children",
    kind="child_process_leak",
    path="/print-label",
    culprit=planted(print_label),
    opened=ready(print_label),
)
TWIN = Twin(
    name="kept_child",
    twin_of=FAULT,
    path="/print-label-fixed",
    opened=ready(print_label_fixed),
)
