"""`hognose-run` in front of real commands."""

from __future__ import annotations

import py_compile
import subprocess
import sys

import pytest
from installation import RUN
from service import READY, Service


def test_hognose_run_becomes_the_command(service: Service) -> None:
    """The agent is in it, the process is the same one, and the exit code is the command's."""
    service.write(READY + "await_samples()\nprint(os.getpid(), sys.argv)\nsys.exit(3)\n")

    ended = service.run(
        RUN, sys.executable, "shop.py", "--port", "80", settings={"HOGNOSE_SERVICE": ""}
    )

    process = service.published()[0]["process"]
    assert ended.returncode == 3
    assert ended.stdout == f"{process['pid']} ['shop.py', '--port', '80']\n"
    assert process["service"] == "shop"


def test_hognose_run_explains_itself() -> None:
    """With examples, and exit code 0."""
    ended = subprocess.run([RUN, "--help"], capture_output=True, text=True, check=True)

    assert "hognose-run uvicorn shop:app" in ended.stdout


AFTERWARDS = """
import atexit, multiprocessing, os, pickle, threading
class Order: pass
def last():
    print(pickle.loads(pickle.dumps(Order())).__class__ is Order, flush=True)
def thread():
    threading.main_thread().join()
    last()
def work():
    from hognose._lifecycle import lifecycle
    print(lifecycle._agent is not None, flush=True)
if __name__ == "__main__":
    atexit.register(last)
    threading.Thread(target=thread).start()
"""
SPAWNS = """
    child = multiprocessing.get_context("spawn").Process(target=work)
    child.start()
    child.join()
"""


@pytest.mark.parametrize("program", [["shop.py"], ["-m", "shop"], ["shop.pyc"], ["folder"]])
def test_a_program_is_the_main_module_to_its_end_and_in_its_children(
    service: Service, program: list[str]
) -> None:
    """After its last line, too, and for what it spawns."""
    script = service.write(AFTERWARDS + SPAWNS)
    (service.folder / "folder").mkdir()
    # Python itself finds nothing of such a program in what it spawns.
    service.write(AFTERWARDS, "folder/__main__.py")
    py_compile.compile(str(script), str(service.folder / "shop.pyc"))

    ended = service.run(
        *(sys.executable, "-m", "hognose", *program), settings={"HOGNOSE_SERVICE": ""}
    )

    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == "True\n" * (2 if program == ["folder"] else 3)


def test_a_module_or_a_script_can_be_run(service: Service) -> None:
    """`python -m hognose` is `python` for both, exit code included."""
    service.write(READY + "await_samples()\nprint(__name__, sys.argv[1:])\nsys.exit(4)\n")

    script = service.run(sys.executable, "-m", "hognose", "shop.py", "a")
    assert service.events("stopped") == [{"reason": "EXIT", "exit_code": 4}]
    service.capture.unlink()
    module = service.run(sys.executable, "-m", "hognose", "-m", "shop", "b")

    assert (script.returncode, script.stdout) == (4, "__main__ ['a']\n")
    assert (module.returncode, module.stdout) == (4, "__main__ ['b']\n")
    assert service.events("stopped") == [{"reason": "EXIT", "exit_code": 4}]
    missing = service.run(sys.executable, "-m", "hognose", "shopp.py")
    assert (missing.returncode, missing.stderr) == (2, "hognose: shopp.py: no such file\n")
