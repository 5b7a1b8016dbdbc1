#!/usr/bin/env python3
"""Makes the pictures of docs/walk-through.md anew, in Chromium, of a running demo.

Usage: ./hognose demo --http-port 9464, wait until a memory_leak fires, then
docs/walk-through/pictures.py http://127.0.0.1:9464
"""

from __future__ import annotations

import contextlib
import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from base64 import b64decode
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import Request, urlopen

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parents[1] / "e2e"))

from ports import free_port  # noqa: E402

WIDTH = 1000
PATIENCE_SECONDS = 60

# Where the repository and the interpreter lie on this machine is nobody's business.
HOMES = [[[str(FOLDER.parents[1]), "/srv/hognose"], [sys.base_prefix, "/usr"]]]
SHOW_NO_HOME = """
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    for (const [here, there] of arguments[0]) {
      texts.currentNode.data = texts.currentNode.data.replaceAll(here, there);
    }
  }
"""


def alerts(collector: str) -> list[dict[str, Any]]:
    with urlopen(f"{collector}/api/v1/alerts?state=firing", timeout=10) as answer:
        return json.load(answer)["alerts"]


def first(found: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    """The one of the demo's planted faults, where there is one: its culprit is in the shop."""
    of_kind = [alert for alert in found if alert["kind"] == kind]
    for alert in of_kind:
        if "faults/" in alert.get("culprit", {}).get("file", ""):
            return alert
    if of_kind:
        return of_kind[0]
    sys.exit(f"{kind}: expected a firing alert of this kind, found {[a['kind'] for a in found]}")


class Browser:
    """Chromium, led over the WebDriver protocol."""

    def __init__(self, port: int, profile: str) -> None:
        self.driver = f"http://127.0.0.1:{port}"
        options = ["--headless=new", "--no-sandbox", f"--user-data-dir={profile}"]
        wanted = {"alwaysMatch": {"goog:chromeOptions": {"args": options}}}
        answer = self.ask("POST", "/session", {"capabilities": wanted})
        self.session = f"/session/{answer['sessionId']}"

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = Request(self.driver + path, data, {"Content-Type": "application/json"})
        request.method = method
        with urlopen(request, timeout=60) as answer:
            return json.load(answer)["value"]

    def picture(self, address: str, size: tuple[int, int], drawn: str, name: str) -> None:
        """Keeps what is shown once there is an element that the selector `drawn` finds."""
        rect = {"width": size[0], "height": size[1]}
        self.ask("POST", self.session + "/window/rect", rect)
        self.ask("POST", self.session + "/url", {"url": address})
        wanted = {"using": "css selector", "value": drawn}
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self.ask("POST", self.session + "/elements", wanted):
            if time.monotonic() > deadline:
                sys.exit(f"{address}: expected {drawn} within {PATIENCE_SECONDS} s")
            time.sleep(0.2)
        self.ask("POST", self.session + "/execute/sync", {"script": SHOW_NO_HOME, "args": HOMES})
        image = b64decode(self.ask("GET", self.session + "/screenshot"))
        (FOLDER / name).write_bytes(image)

    def close(self) -> None:
        self.ask("DELETE", self.session)


def await_driver(port: int) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        if time.monotonic() > deadline:
            sys.exit(f"chromedriver: expected an answer within {PATIENCE_SECONDS} s")
        time.sleep(0.1)


def pictures(browser: Browser, collector: str, leak: str) -> None:
    browser.picture(collector + "/", (WIDTH, 900), "article.alert", "alerts.png")
    browser.picture(f"{collector}/alerts/{leak}", (WIDTH, 1500), "figure.chart canvas", "leak.png")


def main() -> None:
    if len(sys.argv) != 2 or not sys.argv[1].startswith("http"):
        sys.exit(f"{sys.argv[1:]}: expected the address of a running collector")
    if shutil.which("chromedriver") is None:
        sys.exit("chromedriver: expected on PATH (on Debian: apt-get install chromium-driver)")
    collector = sys.argv[1].rstrip("/")
    found = alerts(collector)
    leak = quote(first(found, "memory_leak")["id"], safe="")
    port = free_port()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        driver = subprocess.Popen(["chromedriver", f"--port={port}"], stdout=subprocess.DEVNULL)
        try:
            await_driver(port)
            browser = Browser(port, profile)
            try:
                pictures(browser, collector, leak)
            finally:
                browser.close()
        finally:
            driver.terminate()
            driver.wait(timeout=30)


if __name__ == "__main__":
    main()
