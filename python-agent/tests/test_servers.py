"""Real servers, started as their users start them, and what each of their workers published."""

from __future__ import annotations

import signal
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest
from broker import assert_whole
from installation import Installation, Running
from ports import free_port

SHOP = """
import os

def wsgi(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(os.getpid()).encode()]

async def asgi(scope, receive, send):
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            await send({"type": message["type"] + ".complete"})
            if message["type"] == "lifespan.shutdown":
                return
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(os.getpid()).encode()})
"""

FLASK = """
import os
from flask import Flask
app = Flask(__name__)
app.get("/")(lambda: str(os.getpid()))
"""

FASTAPI = """
import os
from fastapi import FastAPI
app = FastAPI()
app.get("/")(lambda: os.getpid())
"""

DJANGO = """
import os, sys
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path
settings.configure(
    DEBUG=True, SECRET_KEY="x", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__,
    WSGI_APPLICATION=__name__ + ".application",
)
urlpatterns = [path("", lambda request: HttpResponse(str(os.getpid())))]
application = get_wsgi_application()
if __name__ == "__main__":
    sys.modules["manage"] = sys.modules["__main__"]
    settings.ROOT_URLCONF = "manage"
    settings.WSGI_APPLICATION = "manage.application"
    from django.core.management import execute_from_command_line
    execute_from_command_line(sys.argv)
"""


@dataclass(frozen=True, slots=True)
class Server:
    """`PORT` in the command stands for a free one; a parent that only forks publishes nothing."""

    command: str
    workers: int
    parent_publishes: bool = False
    exit_code: int = 0
    kind: str | None = None
    # SIGINT goes to all, as from a terminal: a reloader leaves its child alone with a SIGTERM.
    ended_by: signal.Signals = signal.SIGTERM
    settings: dict[str, str] = field(default_factory=dict)


# A worker that a busy machine keeps from answering for five seconds would be killed and replaced.
PATIENT = {"UVICORN_TIMEOUT_WORKER_HEALTHCHECK": "60"}

SERVERS = {
    "gunicorn": Server("gunicorn -w 2 -b 127.0.0.1:PORT shop:wsgi", 2, kind="gunicorn"),
    "gunicorn threads": Server("gunicorn -w 1 --threads 4 -b 127.0.0.1:PORT shop:wsgi", 1),
    "gunicorn preload": Server("gunicorn --preload -w 2 -b 127.0.0.1:PORT shop:wsgi", 2),
    "gunicorn module": Server("python -m gunicorn -w 2 -b 127.0.0.1:PORT shop:wsgi", 2),
    "gunicorn uvicorn workers": Server(
        "gunicorn -w 2 -k uvicorn.workers.UvicornWorker -b 127.0.0.1:PORT shop:asgi", 2
    ),
    "gunicorn asgi workers": Server("gunicorn -w 2 -k asgi -b 127.0.0.1:PORT shop:asgi", 2),
    "gunicorn flask": Server("gunicorn -w 2 -b 127.0.0.1:PORT flasks:app", 2),
    "gunicorn django": Server("gunicorn -w 2 -b 127.0.0.1:PORT manage:application", 2),
    "uvicorn": Server("uvicorn --port PORT shop:asgi", 1, True, -15),
    "uvicorn asyncio": Server("uvicorn --loop asyncio --port PORT shop:asgi", 1, True, -15),
    "uvicorn uvloop": Server("uvicorn --loop uvloop --port PORT shop:asgi", 1, True, -15),
    "uvicorn workers": Server("uvicorn --workers 2 --port PORT shop:asgi", 2, settings=PATIENT),
    "uvicorn workers by environment": Server(
        "uvicorn --port PORT shop:asgi", 2, settings={"WEB_CONCURRENCY": "2", **PATIENT}
    ),
    "uvicorn reload": Server("uvicorn --reload --port PORT shop:asgi", 1),
    "hypercorn": Server("hypercorn -b 127.0.0.1:PORT shop:asgi", 1),
    "hypercorn workers": Server("hypercorn -w 2 -b 127.0.0.1:PORT shop:asgi", 2),
    "hypercorn uvloop": Server("hypercorn -k uvloop -b 127.0.0.1:PORT shop:asgi", 1),
    "hypercorn alone": Server("hypercorn -w 0 -b 127.0.0.1:PORT shop:asgi", 1, True),
    "daphne": Server("daphne -b 127.0.0.1 -p PORT shop:asgi", 1, True),
    "granian": Server("granian --interface asgi --port PORT shop:asgi", 1),
    "granian workers": Server("granian --interface asgi --workers 2 --port PORT shop:asgi", 2),
    "granian wsgi": Server("granian --interface wsgi --port PORT shop:wsgi", 1),
    "fastapi": Server("uvicorn --port PORT fastapis:app", 1, True, -15),
    "fastapi run": Server("fastapi run --port PORT fastapis.py", 1, True, -15),
    "fastapi dev": Server("fastapi dev --port PORT fastapis.py", 1, ended_by=signal.SIGINT),
    "flask": Server("flask --app flasks run --port PORT", 1, True, -15),
    "flask reload": Server("flask --app flasks --debug run --port PORT", 1, ended_by=signal.SIGINT),
    "django": Server("python manage.py runserver --noreload 127.0.0.1:PORT", 1, True, -15),
    "django reload": Server("python manage.py runserver 127.0.0.1:PORT", 1, ended_by=signal.SIGINT),
    "uwsgi": Server(
        "uwsgi --master --processes 2 --enable-threads --die-on-term --http-socket 127.0.0.1:PORT --module shop:wsgi",
        2,
        kind="uwsgi",
    ),
    "uwsgi lazy": Server(
        "uwsgi --master --processes 2 --lazy-apps --enable-threads --die-on-term --http-socket 127.0.0.1:PORT --module shop:wsgi",
        2,
    ),
    "uwsgi alone": Server(
        "uwsgi --enable-threads --die-on-term --http-socket 127.0.0.1:PORT --module shop:wsgi",
        1,
        parent_publishes=True,
        exit_code=30,
    ),
    "uwsgi mule": Server(
        "uwsgi --master --processes 1 --mule --enable-threads --die-on-term --http-socket 127.0.0.1:PORT --module shop:wsgi",
        2,
    ),
}


@pytest.mark.parametrize("name", SERVERS)
def test_each_worker_publishes_as_itself(installation: Installation, name: str) -> None:
    """From its `Started` to its `Stopped`, nothing twice; a parent that only forks stays dormant."""
    server = SERVERS[name]
    for source, module in (
        (SHOP, "shop"),
        (FLASK, "flasks"),
        (FASTAPI, "fastapis"),
        (DJANGO, "manage"),
    ):
        installation.write(source, f"{module}.py")
    published = installation.published
    port = free_port()
    command = server.command.replace("PORT", str(port)).split()

    with installation.running(command, server.settings) as running:
        answering = int(running.get(port))
        published.until(lambda: of_age(installation) >= server.workers, "samples of each worker")
        workers = set(published.processes())
        assert_parentage(running, server, workers)
        code = running.end(server.ended_by)
        # Hypercorn's supervisor leaves before its last worker; whoever is left here is killed.
        published.until(lambda: stopped(installation) >= workers, "the end of each worker")
        said = running.err

    assert answering in workers
    assert len(workers) == server.workers
    assert set(published.processes()) == workers
    for told in published.processes().values():
        assert_whole(told)
    assert code == server.exit_code
    assert "hognose" not in said.replace("hognose-run", "")
    assert "Traceback" not in said
    if server.kind is not None:
        assert {told["worker_kind"] for told in published.events("started")} == {server.kind}


@pytest.mark.parametrize(
    "command",
    [
        "gunicorn --preload -w 2 -b 127.0.0.1:PORT started:wsgi",
        "uwsgi --master --processes 2 --enable-threads --die-on-term --http-socket 127.0.0.1:PORT --module started:wsgi",
    ],
)
def test_an_agent_that_the_service_starts_before_the_fork_is_in_each_worker(
    installation: Installation, command: str
) -> None:
    """With `hognose.start` in a module that is loaded by the parent."""
    start = "import hognose, os\nhognose.start(service=os.environ['SHOP'])\nfrom shop import wsgi\n"
    installation.write(SHOP)
    installation.write(start, "started.py")
    published = installation.published
    port = free_port()
    settings = {"HOGNOSE_SERVICE": "", "SHOP": installation.service}

    with installation.running(command.replace("PORT", str(port)).split(), settings, ()) as running:
        worker = int(running.get(port))
        parent = running.process.pid
        published.until(lambda: of_age(installation, but=parent) >= 2, "samples of each worker")
        workers = set(published.processes()) - {parent}
        running.end()
        said = running.err

    published.until(lambda: stopped(installation) >= workers, "the end of each worker")
    assert worker in workers
    assert len(workers) == 2
    for told in published.processes().values():
        assert_whole(told)
    assert "Traceback" not in said


def test_uwsgi_without_threads_is_told_and_runs(installation: Installation) -> None:
    """One line: no thread of the agent's would get to run."""
    installation.write(SHOP)
    port = free_port()
    command = f"uwsgi --master --die-on-term --http-socket 127.0.0.1:{port} --module shop:wsgi"

    with installation.running(command.split()) as running:
        assert running.get(port).isdecimal()
        assert running.end() == 0
        said = running.err

    assert [line for line in said.splitlines() if line.startswith("hognose")] == [
        "hognose: uWSGI runs without enable-threads: expected it, no thread of the agent's "
        "would run; the service runs without the agent"
    ]
    assert installation.published.records == []


def of_age(installation: Installation, but: int = 0) -> int:
    """How many processes, but for one, have said three samples."""
    said = installation.published.processes().items()
    return sum(
        pid != but and sum("rss_bytes" in record for record in told) >= 3 for pid, told in said
    )


def stopped(installation: Installation) -> set[int]:
    said = installation.published.processes().items()
    return {pid for pid, told in said if any("stopped" in record for record in told)}


def assert_parentage(running: Running, server: Server, workers: set[int]) -> None:
    parent = psutil.Process(running.process.pid)
    if server.parent_publishes:
        assert workers == {parent.pid}
        return
    assert workers <= {child.pid for child in parent.children(recursive=True)}
    mapped = Path(f"/proc/{parent.pid}/maps").read_text()
    assert "confluent_kafka" not in mapped, "the parent has a Kafka client"
    assert "psutil" not in mapped, "the parent reads figures"
