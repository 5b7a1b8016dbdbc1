"""What a person is told who made a mistake, as docs/mistakes.md lists them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "mistakes.md"
ROW = re.compile(r"\| `(.*)` \| (\d+) \| `(.*)` \|")


class Mistake(NamedTuple):
    line: str
    exit_code: int
    answer: str

    def settings(self) -> dict[str, str]:
        return dict(word.split("=", 1) for word in self.line.split() if word.startswith("HOGNOSE_"))

    def command(self) -> list[str]:
        return [word for word in self.line.split() if not word.startswith("HOGNOSE_")]


def listed() -> list[Mistake]:
    _, _, part = PAGE.read_text("utf-8").partition("## The agent\n")
    return [Mistake(line, int(code), answer) for line, code, answer in ROW.findall(part)]


def test_the_page_lists_them() -> None:
    """A heading with another name would leave nothing to hold."""
    assert len(listed()) > 20


@pytest.mark.parametrize("mistake", listed(), ids=lambda mistake: mistake.line)
def test_a_mistake_is_told_in_one_sentence(tmp_path: Path, mistake: Mistake) -> None:
    """With the thing, the value and what was expected, and nothing of the program's is run."""
    (tmp_path / "shop.py").write_text("print('open')\n")
    plain = {key: value for key, value in os.environ.items() if not key.startswith("HOGNOSE_")}
    path = f"{Path(sys.executable).parent}{os.pathsep}{plain['PATH']}"

    ended = subprocess.run(
        mistake.command(), cwd=tmp_path, env={**plain, "PATH": path, **mistake.settings()},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip

    assert ended.stderr == f"{mistake.answer}\n"
    assert (ended.returncode, ended.stdout) == (mistake.exit_code, "")
