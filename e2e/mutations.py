#!/usr/bin/env python3
"""One line on what PIT found in a package, and with --survivors each mutant that no test has noticed."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

KILLED = {"KILLED", "TIMED_OUT", "MEMORY_ERROR"}


def main(arguments: list[str]) -> int:
    survivors = "--survivors" in arguments
    package, report = [each for each in arguments if each != "--survivors"]
    mutants = list(ElementTree.parse(Path(report)).getroot())
    killed = sum(each.get("status") in KILLED for each in mutants)
    never_run = sum(each.get("status") == "NO_COVERAGE" for each in mutants)
    share = killed / len(mutants) if mutants else 1.0
    print(
        f"{package:12} {share:6.1%}  {killed} of {len(mutants)} killed, {never_run} never run",
        flush=True,
    )
    alive = [each for each in mutants if each.get("status") not in KILLED]
    if survivors:
        for each in alive:
            print(
                "   ",
                *(
                    each.findtext(name)
                    for name in ("sourceFile", "lineNumber", "mutatedMethod", "description")
                ),
            )
    else:
        for file, count in Counter(each.findtext("sourceFile") for each in alive).most_common(5):
            print(f"    {file}: {count} alive", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
