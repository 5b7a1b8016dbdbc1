"""`demo --check --stay` as a child: what it says, and how it ends."""

from __future__ import annotations

import signal
import subprocess
import threading
import time

FOUND = "all that was planted is found"

#: A check gives up after 240 s; it has to start and to end, too.
FOUND_WITHIN = 300.0
ENDS_WITHIN = 60.0


class Demonstration:
    """Says again all that it says."""

    def __init__(self, command: list[str], port: int) -> None:
        self._process = subprocess.Popen(
            [*command, "--http-port", str(port)], stdout=subprocess.PIPE, text=True
        )
        self._found = threading.Event()
        self._reader = threading.Thread(target=self._read, name="demonstration", daemon=True)
        self._reader.start()

    def __enter__(self) -> Demonstration:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing of it is left, however we end."""
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(ENDS_WITHIN)
            except subprocess.TimeoutExpired:
                self._process.kill()

    def until_found(self) -> None:
        """Returns when its check has passed; ends us with its exit code when it ended before."""
        deadline = time.monotonic() + FOUND_WITHIN
        while not self._found.wait(0.2):
            if self._process.poll() is not None:
                self._reader.join(ENDS_WITHIN)
                raise SystemExit(self._process.returncode or "demo: expected it to stay")
            if time.monotonic() > deadline:
                raise SystemExit(f"demo: expected what was planted to be found in {FOUND_WITHIN} s")

    def end(self) -> int:
        """
        Its exit code, 0 for that of whoever was told to end.

        Not by Ctrl-C's signal: the background jobs of a shell ignore it, and so does what they start.
        """
        self._process.terminate()
        code = self._process.wait(ENDS_WITHIN)
        self._reader.join(ENDS_WITHIN)
        return 0 if code == 128 + signal.SIGTERM else code

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            print(line, end="", flush=True)
            if FOUND in line:
                self._found.set()
