"""From tracemalloc's raw traces to allocation sites."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from hognose._frames import Functions, absolute, is_ours
from hognose._happenings import Frame, Site

# What `_tracemalloc._get_traces()` answers: domain, size, frames (innermost first), their number.
RawFrames = tuple[tuple[str, int], ...]
RawTrace = tuple[int, int, RawFrames, int]
Totals = dict[RawFrames, tuple[int, int]]

_SITES = 20
_FRAMES = 8

# The largest block that Python's own allocator hands out, and the part of the growth that makes a
# site worth telling.
_SMALL = 512
_PART = 0.1

# Whether a site of so many bytes in so many blocks is told.
Worth = Callable[[int, int], bool]

_HIDDEN = ("<frozen importlib", "<frozen zipimport")


def totals(traces: Iterable[RawTrace]) -> Totals:
    """Bytes and blocks by stack. Traces of one stack share one tuple, which is what is compared."""
    by_identity: dict[int, list[int]] = {}
    stacks: dict[int, RawFrames] = {}
    for _, size, frames, *_ in traces:
        total = by_identity.get(id(frames))
        if total is None:
            by_identity[id(frames)] = [size, 1]
            stacks[id(frames)] = frames
        else:
            total[0] += size
            total[1] += 1
    grouped: Totals = {}
    for identity, frames in stacks.items():
        size, blocks = by_identity[identity]
        before = grouped.get(frames, (0, 0))
        grouped[frames] = (before[0] + size, before[1] + blocks)
    return grouped


def growth(now: Totals, before: Mapping[RawFrames, tuple[int, int]]) -> Totals:
    """What came on top of what was there before, by stack."""
    if not before:
        return now
    grown: Totals = {}
    for frames, (size, blocks) in now.items():
        old_size, old_blocks = before.get(frames, (0, 0))
        if size > old_size:
            grown[frames] = (size - old_size, max(0, blocks - old_blocks))
    return grown


def everything(size: int, blocks: int) -> bool:  # noqa: ARG001
    """Every site is worth telling."""
    return True


@dataclass(frozen=True, slots=True)
class LargeBlocks:
    """
    Only what can be the growth of a heap that is not Python's own.

    A native leak has no site in Python, but a window always sees some: those that everything
    leaves behind for a while. What is told must be in blocks above 512 bytes, as Python takes them
    from the C library, and be a tenth of the growth that was seen.
    """

    growth_bytes: float

    def __call__(self, size: int, blocks: int) -> bool:
        return size > _SMALL * blocks and size >= self.growth_bytes * _PART


def largest_sites(grown: Totals, worth: Worth = everything) -> tuple[list[Site], bool]:
    """
    The largest sites that are worth telling, without the agent's own; and whether there were more.
    """
    merged: Totals = {}
    for frames, (size, blocks) in grown.items():
        if any(is_ours(file) for file, _ in frames):
            continue
        shown = tuple(frame for frame in frames if not frame[0].startswith(_HIDDEN))[:_FRAMES]
        if shown:
            before = merged.get(shown, (0, 0))
            merged[shown] = (before[0] + size, before[1] + blocks)
    told = [frames for frames in merged if worth(*merged[frames])]
    by_size = sorted(told, key=lambda frames: merged[frames], reverse=True)
    functions = Functions()
    sites: list[Site] = [
        {
            "frames": _told(frames, functions),
            "bytes": merged[frames][0],
            "blocks": merged[frames][1],
        }
        for frames in by_size[:_SITES]
    ]
    return sites, len(by_size) > _SITES


def _told(frames: Sequence[tuple[str, int]], functions: Functions) -> list[Frame]:
    return [
        {"file": absolute(file), "line": line, "function": functions.around(file, line)}
        for file, line in reversed(frames)
    ]
