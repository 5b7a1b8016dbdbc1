"""A file that is left to the collector to close; its twin closes it."""

import os

from shop.fault import Answer, Fault, Twin, planted, ready


def read() -> int:
    """Read a leaflet, and leave it open."""
    return len(open(os.devnull).read())  # the planted line


def read_and_close() -> int:
    """Read a leaflet, and close it."""
    with open(os.devnull) as file:
        return len(file.read())


async def leaflet() -> Answer:
    """Hand out a leaflet, the wrong way."""
    return {"letters": read()}


async def leaflet_fixed() -> Answer:
    """Hand out a leaflet, the right way."""
    return {"letters": read_and_close()}


FAULT = Fault(
    name="resource_warnings",
    kind="resource_warnings",
    path="/leaflet",
    culprit=planted(read),
    named="resources",
    calls_per_second=1,
    opened=ready(leaflet),
)
TWIN = Twin(
    name="closed_resources", twin_of=FAULT, path="/leaflet-fixed", opened=ready(leaflet_fixed)
)
