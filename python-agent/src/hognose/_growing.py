"""
What there is more and more of: threads, descriptors and children by kind, for probes that count.

A leak's things are looked at once each: what a number stands for is remembered for as long as the
number is in use, so that thousands of open descriptors cost no more than what is new among them.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping
from itertools import islice

from hognose._figures import GrowingKind

# Readings that are remembered: ten minutes of them by default.
_READINGS = 20

# Kinds that are told, and that are kept apart.
_TOLD = 3
_KINDS = 100

_LONGEST = 60

_TEXTS = 1000

# Hexadecimal numbers, too, such as a request's; a word of these letters alone is none.
_NUMBER = re.compile(r"(?<![^\W_])(?=[a-f]*\d)[0-9a-f]{8,}(?:-[0-9a-f]{4,})*(?![^\W_])|\d+")


def folded(name: str) -> str:
    """The name without what tells one of a kind from the next: `worker-17` is `worker-#`."""
    return _NUMBER.sub("#", name)


class Gains:
    """
    Remembers how many there were of each kind, and tells which have gained since there were fewest.

    Nothing is told until so many as `least` have come on top.
    """

    def __init__(self, least: int) -> None:
        self._least = least
        self._past: deque[tuple[int, Mapping[str, int]]] = deque(maxlen=_READINGS)

    def after(self, kinds: Mapping[str, int], folder: str = "") -> list[GrowingKind]:
        """
        The kinds that gained most, three at most; `folder` is where most of the files are.

        Of more than a hundred kinds the rarest are not told: nothing is known of what they share.
        """
        now = sum(kinds.values())
        kept = dict(Counter(kinds).most_common(_KINDS))
        fewest, then = min(self._past, key=lambda each: each[0], default=(now, kept))
        self._past.append((now, kept))
        if now - fewest < self._least:
            return []
        gained = {kind: count - then.get(kind, 0) for kind, count in kept.items()}
        most = sorted(gained, key=lambda kind: (-gained[kind], kind))[:_TOLD]
        return [
            {
                "kind": kind[:_LONGEST],
                "count": kept[kind],
                "gained": gained[kind],
                "folder": folder[:_LONGEST] if kind == "file" else "",
            }
            for kind in most
            if gained[kind] > 0
        ]


class Census:
    """
    What each of many numbers stands for, asked once a number and seldom again.

    A reading asks for `most` at most: of more new numbers one in so many is asked and stands for
    those after it, as numbers are given in order. Some that are known are asked again each time,
    as a number may have been given to something else.
    """

    def __init__(self, ask: Callable[[int], str], most: int) -> None:
        self._ask = ask
        self._most = most
        self._known: dict[int, str] = {}
        # One text for all of a kind: thousands of numbers have the same few answers.
        self._texts: dict[str, str] = {}
        self._turn = 0

    def of(self, numbers: Iterable[int]) -> dict[int, str]:
        """By number; an empty answer, that it is gone, is none. Must not be changed."""
        now = set(numbers)
        for gone in self._known.keys() - now:
            del self._known[gone]
        self._ask_again()
        new = sorted(now - self._known.keys())
        step = -(-len(new) // self._most)
        for first in range(0, len(new), max(1, step)):
            answer = self._answer(new[first])
            if answer:
                self._known.update(dict.fromkeys(new[first : first + step], answer))
        return self._known

    def _ask_again(self) -> None:
        some = max(1, self._most // 10)
        if self._turn >= len(self._known):
            self._turn = 0
        for number in list(islice(self._known, self._turn, self._turn + some)):
            answer = self._answer(number)
            if answer:
                self._known[number] = answer
        self._turn += some

    def _answer(self, number: int) -> str:
        if len(self._texts) > _TEXTS:
            self._texts.clear()
        answer = self._ask(number)
        return self._texts.setdefault(answer, answer)
