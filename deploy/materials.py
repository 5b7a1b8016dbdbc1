"""
Hold bills of materials to what they are of.

`materials.py program BILL JAR...` wants each of the jars by its digest, and nothing else;
`materials.py agent BILL REQUIREMENTS` each pinned package with all of its digests, and nothing else.
Prints a line for each thing that is otherwise, and ends with 1 then.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_PINNED = re.compile(r"^([\w.-]+)==(\S+) \\$((?:\n +--hash=sha256:\w+(?: \\)?$)+)", re.MULTILINE)


def main() -> int:
    kind, bill, *of = sys.argv[1:]
    components = json.loads(Path(bill).read_text())["components"]
    files = [Path(name) for name in of]
    wanted = {"program": _jars, "agent": _packages}[kind](files)
    mistakes = list(_differences(_named(components), wanted))
    for mistake in mistakes:
        print(f"{bill}: {mistake}", file=sys.stderr)
    if not mistakes:
        print(f"{bill}: {len(wanted)} components, each with its digests")
    return 1 if mistakes else 0


# Of each component its digests; two of one name are told apart by their versions.
_Digests = dict[str, frozenset[str]]


def _named(components: list[dict[str, Any]]) -> _Digests:
    return {f"{each['name']} {each['version']}": frozenset(_sha256(each)) for each in components}


def _sha256(component: dict[str, Any]) -> Iterator[str]:
    """Its own, or those of the files that it can be fetched as."""
    for of in (component, *component.get("externalReferences", [])):
        for digest in of.get("hashes", []):
            if digest["alg"] == "SHA-256":
                yield digest["content"]


def _jars(files: list[Path]) -> _Digests:
    return {file.name: frozenset({hashlib.sha256(file.read_bytes()).hexdigest()}) for file in files}


def _packages(files: list[Path]) -> _Digests:
    return {
        f"{name} {version}": frozenset(re.findall(r"sha256:(\w+)", digests))
        for file in files
        for name, version, digests in _PINNED.findall(file.read_text())
    }


def _differences(named: _Digests, wanted: _Digests) -> Iterator[str]:
    if not wanted:
        yield "expected something that it is of, got nothing"
    for name, digests in wanted.items():
        if digests not in named.values():
            yield f"{name}: expected a component with its digests, found none"
    for name, digests in named.items():
        if digests not in wanted.values():
            yield f"component {name}: expected one that is there, found none with its digests"


if __name__ == "__main__":
    sys.exit(main())
