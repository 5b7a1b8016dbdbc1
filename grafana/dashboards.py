#!/usr/bin/env python3
"""Writes grafana/dashboards/*.json: the six of stories.py.

Without arguments it writes them; with --check it exits 1 when they are not what it would write.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from frame import dashboard
from stories import DASHBOARDS

FOLDER = Path(__file__).parent / "dashboards"


def texts() -> dict[Path, str]:
    return {
        FOLDER / f"{uid}.json": json.dumps(
            dashboard(uid, description, panels()), indent=2, ensure_ascii=False
        )
        + "\n"
        for uid, (description, panels) in DASHBOARDS.items()
    }


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--check"]):
        print(f"dashboards.py {' '.join(arguments)}: expected --check or nothing", file=sys.stderr)
        return 2
    for path, text in texts().items():
        if not arguments:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            print(f"{path}: expected what grafana/dashboards.py writes; run it", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
