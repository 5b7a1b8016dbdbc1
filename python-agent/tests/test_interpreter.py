"""`hognose-run` and a Python that has no agent: the service would run unwatched."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hognose._interpreter import without_agent
from hognose._program import is_python

BIN = Path(sys.executable).parent


def a_python(folder: Path, does: str) -> Path:
    """Something of that name, which does as a shell is told."""
    path = folder / "python3"
    path.write_text(f"#!/bin/sh\n{does}\n")
    path.chmod(0o755)
    return path


def own() -> dict[str, str]:
    return {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}


def test_its_own_python_is_not_asked() -> None:
    """It is found by its folder alone, also by its name on the path."""
    assert without_agent("python3", own()) == ""
    assert without_agent(sys.executable, own()) == ""


def test_another_python_with_the_agent_will_do() -> None:
    """It is asked, as another folder holds it."""
    assert without_agent(sys.executable, own(), own="/opt/agent/bin/python") == ""


def test_another_python_without_the_agent_is_told(tmp_path: Path) -> None:
    """A real one, of the same installation: without what is installed it has no agent."""
    bare = a_python(tmp_path, f'exec {sys.executable} -I -S "$@"')

    assert without_agent("python3", {"PATH": str(tmp_path)}) == str(bare)


@pytest.mark.parametrize(
    "first", ["{bare}", "{bare} -E", "/usr/bin/env python3", "/usr/bin/env -S A=1 python3 -E"]
)
def test_the_python_of_a_script_is_asked(tmp_path: Path, first: str) -> None:
    """As of a server that another virtual environment has installed."""
    bare = a_python(tmp_path, f'exec {sys.executable} -I -S "$@"')
    script = tmp_path / "gunicorn"
    script.write_text(f"#!{first.format(bare=bare)}\nprint('open')\n")
    script.chmod(0o755)

    assert without_agent("gunicorn", {"PATH": str(tmp_path)}) == str(bare)


@pytest.mark.parametrize(
    "first", ["#!/bin/sh", "#!", "#!/usr/bin/env", "#!/usr/bin/env -S", "", "\xff"]
)
def test_a_script_of_no_python_is_not_judged(tmp_path: Path, first: str) -> None:
    script = tmp_path / "serve"
    script.write_text(f"{first}\nexec python3 serve.py\n", "latin-1")
    script.chmod(0o755)

    assert without_agent("serve", {"PATH": str(tmp_path)}) == ""


@pytest.mark.parametrize("name", ["python_consumer", "python-worker", "pythond", "pypy.sh"])
def test_a_program_that_is_only_called_like_a_python_is_not_run(tmp_path: Path, name: str) -> None:
    """It would be run twice: once to be asked, and once by `hognose-run`."""
    script = tmp_path / name
    script.write_text(f"#!{sys.executable}\nopen({str(tmp_path / 'ran')!r}, 'w')\n")
    script.chmod(0o755)

    assert without_agent(str(script), own(), own="/opt/agent/bin/python") == ""
    script.write_text(f"#!/bin/sh\ntouch {tmp_path / 'ran'}\n")
    assert without_agent(str(script), own(), own="/opt/agent/bin/python") == ""
    assert not (tmp_path / "ran").exists()


def test_a_script_called_python_is_not_run_where_its_first_line_tells(tmp_path: Path) -> None:
    """Its Python is asked in its place."""
    script = tmp_path / "python3"
    script.write_text(f"#!{sys.executable}\nopen({str(tmp_path / 'ran')!r}, 'w')\n")
    script.chmod(0o755)

    assert without_agent(str(script), own(), own="/opt/agent/bin/python") == ""
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("python", True),
        ("python3", True),
        ("/usr/bin/python3.13t", True),
        ("python3.14td", True),
        ("python3.11d", True),
        ("python3.11-dbg", True),
        ("python3.13-nogil", True),
        ("pypy3.10", True),
        ("pypy3-c", True),
        ("python.exe", True),
        ("python_consumer", False),
        ("python-consumer", False),
        ("python3-config", False),
        ("pythond", False),
        ("pypy.sh", False),
        ("/usr/bin/python/serve", False),
    ],
)
def test_a_python_is_known_by_its_name(name: str, is_one: bool) -> None:
    """With a version, and the kind of build; nothing else that only begins so."""
    assert is_python(name) is is_one


@pytest.mark.parametrize("does", ["exit 1", "kill -9 $$", "exit 126"])
def test_who_does_not_answer_is_not_judged(tmp_path: Path, does: str) -> None:
    """The command itself says what is wrong with it."""
    a_python(tmp_path, does)

    assert without_agent("python3", {"PATH": str(tmp_path)}) == ""


@pytest.mark.parametrize("command", ["true", "uvicorn", "/nowhere/python3"])
def test_what_is_no_python_is_not_asked(command: str) -> None:
    """What it starts in the end, `hognose-run` cannot know."""
    assert without_agent(command, own(), own="/opt/agent/bin/python") == ""


def test_sources_in_the_current_folder_are_no_agent(tmp_path: Path) -> None:
    """They have no line that starts it."""
    (tmp_path / "hognose").mkdir()
    (tmp_path / "hognose" / "__init__.py").write_text("")
    bare = a_python(tmp_path, f'cd {tmp_path}; exec {sys.executable} -S "$@"')

    assert without_agent(str(bare), {}) == str(bare)


def test_hognose_run_refuses_it(tmp_path: Path) -> None:
    """In one sentence with what was expected; nothing of the program's is run."""
    bare = a_python(tmp_path, f'exec {sys.executable} -I -S "$@"')

    ended = subprocess.run(
        [BIN / "hognose-run", str(bare), "-c", "print('open')"], env=own(),
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip

    said, _, such_as = ended.stderr.partition(", such as ")
    assert said == f"hognose-run: {bare}: expected a Python with the agent"
    assert Path(such_as.strip()).parent.samefile(BIN)
    assert (ended.returncode, ended.stdout) == (2, "")
