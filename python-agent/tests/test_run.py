"""`hognose-run` in front of real commands."""

from __future__ import annotations

import subprocess
import sys

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
