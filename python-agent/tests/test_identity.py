from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from hognose._identity import (
    masked,
    record_key,
    started,
    telling_packages,
    this_process,
    worker_kind,
)
from hognose._program import is_ours, only_forks, program
from hognose._run import with_service


def test_the_key_is_service_host_pid_and_start() -> None:
    """It is the Kafka key of everything about the process."""
    process = this_process("shop", unix_nanos=lambda: 1_795_255_200_123_456_789, pid=4711)

    assert process["started_at_ms"] == 1_795_255_200_123
    assert record_key({**process, "host": "kassa-größe-1"}) == (
        "shop/kassa-größe-1/4711/1795255200123".encode()
    )


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (["python", "shop.py"], ["shop"]),
        (["/usr/bin/python3.11", "-X", "dev", "-W", "error", "-O", "/srv/shop.py", "-m"], ["shop", "-m"]),
        (["python", "-m", "uvicorn", "shop:app"], ["uvicorn", "shop:app"]),
        (["python", "-Im", "uvicorn"], ["uvicorn"]),
        (["python", "-muvicorn"], ["uvicorn"]),
        (["python", "-c", "pass"], ["-c", "pass"]),
        (["/srv/venv/bin/gunicorn", "shop.wsgi"], ["gunicorn", "shop.wsgi"]),
        (["python"], []),
        ([], []),
    ],
)  # fmt: skip
def test_the_program_is_told_from_the_command_line(command: list[str], told: list[str]) -> None:
    """Past the interpreter's own options."""
    assert program(command) == told


@pytest.mark.parametrize(
    ("command", "forks"),
    [
        (["python", "/srv/venv/bin/gunicorn", "shop.wsgi", "--preload"], True),
        (["python", "-m", "gunicorn", "shop.wsgi"], True),
        (["python", "-c", "from multiprocessing.forkserver import main; main(4)"], True),
        (
            ["python", "-c", "import sys; from multiprocessing.forkserver import main; main(4)"],
            True,
        ),
        (["python", "celery", "-A", "shop", "worker"], True),
        (["python", "celery", "worker", "-P", "prefork"], True),
        (["python", "celery", "worker", "--pool=threads"], False),
        (["python", "celery", "worker", "-P", "solo"], False),
        (["python", "celery", "-A", "shop", "worker", "-Psolo"], False),
        (["python", "celery", "-A", "shop", "worker", "-BPgevent"], False),
        (["python", "celery", "-A", "shop", "worker", "-EP", "threads"], False),
        (["python", "celery", "-A", "shop", "worker", "-EPprefork"], True),
        (["python", "celery", "-A", "worker", "-b", "worker", "beat"], False),
        (["python", "celery", "-A", "worker", "worker"], True),
        (["python", "celery", "--app=worker", "--no-color", "worker"], True),
        (["python", "celery", "-Aworker", "flower"], False),
        (["python", "celery", "-A", "worker"], False),
        (["python", "celery", "-A", "shop", "beat"], False),
        (["python", "/srv/venv/bin/uvicorn", "shop:app"], False),
        (["python", "/srv/venv/bin/uvicorn", "shop:app", "--workers", "1"], False),
        (["python", "/srv/venv/bin/uvicorn", "shop:app", "--workers", "4"], True),
        (["python", "-m", "uvicorn", "--workers=2", "shop:app"], True),
        (["python", "-m", "uvicorn", "--workers", "all", "shop:app"], False),
        (["python", "/srv/venv/bin/uvicorn", "--reload", "shop:app"], True),
        (["python", "/srv/venv/bin/fastapi", "run", "shop.py"], False),
        (["python", "/srv/venv/bin/fastapi", "run", "--workers", "2"], True),
        (["python", "/srv/venv/bin/fastapi", "dev", "shop.py"], True),
        (["python", "/srv/venv/bin/hypercorn", "shop:app"], True),
        (["python", "/srv/venv/bin/hypercorn", "-w", "2", "-c", "shop.toml", "shop:app"], True),
        (["python", "/srv/venv/bin/hypercorn", "-w", "0", "shop:app"], False),
        (["python", "/srv/venv/bin/hypercorn", "-c", "shop.toml", "shop:app"], False),
        (["python", "/srv/venv/bin/granian", "shop:app"], True),
        (["python", "/srv/venv/bin/daphne", "shop:app"], False),
        (["python", "/srv/venv/bin/flask", "run"], False),
        (["python", "/srv/venv/bin/flask", "--debug", "run"], True),
        (["python", "/srv/venv/bin/flask", "--debug", "run", "--no-reload"], False),
        (["python", "/srv/venv/bin/flask", "--debug", "shell"], False),
        (["python", "manage.py", "runserver", "8000"], True),
        (["python", "manage.py", "runserver", "--noreload"], False),
        (["python", "manage.py", "migrate"], False),
        (["python", "-m", "django", "runserver"], True),
        (["python", "/srv/venv/bin/django-admin", "runserver"], True),
        (["python", "fleet.py", "runserver"], False),
        (["python", "/srv/venv/bin/flask", "--debug", "run", "--no-debug", "--reload"], True),
        (["python", "-c", "from multiprocessing.spawn import spawn_main; spawn_main(4)"], False),
    ],
)
def test_programs_that_only_fork_are_known(command: list[str], forks: bool) -> None:
    """In their own process the agent has nothing to tell."""
    assert only_forks(command, {}) is forks


@pytest.mark.parametrize(
    ("command", "environ", "forks"),
    [
        (["uvicorn", "shop:app"], {"WEB_CONCURRENCY": "4"}, True),
        (["uvicorn", "shop:app"], {"UVICORN_WORKERS": "2"}, True),
        (["uvicorn", "shop:app"], {"UVICORN_RELOAD": "true"}, True),
        (["uvicorn", "shop:app", "--workers", "1"], {"WEB_CONCURRENCY": "4"}, False),
        (["uvicorn", "shop:app"], {"WEB_CONCURRENCY": "many"}, False),
        (["flask", "run", "--reload"], {"WERKZEUG_RUN_MAIN": "true"}, False),
        (["flask", "run"], {"FLASK_DEBUG": "1"}, True),
        (["flask", "run"], {"FLASK_DEBUG": "True"}, True),
        (["flask", "run"], {"FLASK_DEBUG": "0"}, False),
        (["flask", "run"], {"FLASK_DEBUG": ""}, False),
        (["flask", "run", "--no-reload"], {"FLASK_DEBUG": "1"}, False),
        (["flask", "run", "--no-debug"], {"FLASK_DEBUG": "1"}, False),
        (["flask", "shell"], {"FLASK_DEBUG": "1"}, False),
        (["flask", "run"], {"FLASK_DEBUG": "1", "WERKZEUG_RUN_MAIN": "true"}, False),
        (["manage.py", "runserver"], {"RUN_MAIN": "true"}, False),
        (["shop.py", "runserver"], {"DJANGO_SETTINGS_MODULE": "shop.settings"}, True),
    ],
)
def test_who_only_forks_may_be_told_by_the_environment(
    command: list[str], environ: dict[str, str], forks: bool
) -> None:
    """Where the number of workers stands; and a reloader's child is told from the reloader."""
    assert only_forks(["python", *command], environ) is forks


def test_the_agents_own_programs_are_known() -> None:
    """They start the agent themselves, or have nothing to do with the service."""
    assert is_ours(["python", "/srv/venv/bin/hognose-run", "uvicorn"])
    assert is_ours(["python", "-m", "hognose", "shop.py"])
    assert is_ours(["python", "-c", "from multiprocessing.resource_tracker import main;main(4)"])
    assert not is_ours(["python", "shop.py"])


@pytest.mark.parametrize(
    ("command", "service"),
    [
        (["uvicorn", "shop:app"], "uvicorn"),
        (["python", "/srv/shop.py"], "shop"),
        (["python3", "-m", "shop.web"], "shop.web"),
        (["python", "-c", "pass"], "python"),
    ],
)
def test_a_service_without_a_name_is_called_after_its_command(
    command: list[str], service: str
) -> None:
    """Unless it is named in the environment."""
    assert with_service({}, command)["HOGNOSE_SERVICE"] == service
    assert with_service({"HOGNOSE_SERVICE": "till"}, command)["HOGNOSE_SERVICE"] == "till"


def test_secrets_on_the_command_line_are_masked() -> None:
    """By the option's name, and within addresses; the rest stays readable."""
    command = "shop --api-token abc --db-password=def --port 80 --dsn pg://me:ghi@db/1 --key k -v"

    assert masked(command.split()) == (
        "shop --api-token *** --db-password=*** --port 80 --dsn pg://me:***@db/1 --key *** -v"
    )


SECRET = "Zk3x9Qv7Lw2Rt8Yp"


@pytest.mark.parametrize(
    "command",
    [
        f"shop --password {SECRET}",
        f"shop --client-secret={SECRET} -v",
        f"shop PGPASSWORD={SECRET}",
        f"shop --dsn postgres://me:{SECRET}@db/1",
        f"shop --dsn postgres://me:a@{SECRET}/b@db/1",
        f"shop --url https://api/x?page=1&api_key={SECRET}&y=2",
        f"shop --url=https://api/x?access_token={SECRET}",
        f"shop -H|Authorization: Bearer {SECRET}",
        f"shop --header=Authorization: Basic {SECRET}",
        f"shop -H|X-Api-Key: {SECRET}",
        f"shop -H|x-auth-token:{SECRET}",
        f"shop -H|Cookie: theme=dark; session={SECRET}",
        f"shop -H|Authorization: {SECRET}",
        f"shop --dsn|host=db user=me password={SECRET} dbname=shop",
        f"shop --dsn|host=db password = 'it''s \\' {SECRET}'",
        f"shop --dsn=host=db password={SECRET}",
        f"shop|Driver=PG;Uid=me;Pwd={SECRET};Server=db",
        f'shop|required username="me" password="{SECRET}";',
        f"shop https://store/x?X-Amz-Signature={SECRET}",
        f"shop https://store/x?se=2026&sig={SECRET}",
        f"shop AIza{SECRET}{SECRET}",
        f"shop redis://:{SECRET}@cache/0",
        f'shop --json|{{"user": "me", "db_password": "{SECRET}"}}',
        f"shop eyJhbGciOiJIUzI1NiJ9.{SECRET}.{SECRET}",
        f"shop AKIA{SECRET.upper()}",
        f"shop ghp_{SECRET}{SECRET}",
        f"python -c|import db; db.connect('{SECRET}')",
        f"python3 -I -c|connect('{SECRET}')",
    ],
)
def test_no_secret_leaves_with_the_command_line(command: str) -> None:
    """Wherever people put them; a bar stands for a word's end where a word has spaces."""
    plain, *spaced = command.split("|")
    words = [*plain.split(" "), *spaced] if spaced else plain.split(" ", 2)

    told = masked(words)

    assert "***" in told
    assert SECRET.lower() not in told.lower()
    assert told.startswith(words[0])


def test_what_is_no_secret_stays_readable() -> None:
    """A command must still tell what runs."""
    command = "gunicorn -c conf.py shop.auth:app --bind 0.0.0.0:80 --workers=5 -e MODE=x?y=1"

    assert masked(command.split()) == command


def test_telling_packages_are_found_by_their_folders(tmp_path: Path) -> None:
    """The first on the path counts, as it does for an import."""
    for folder in ("a/uvloop-0.23.0.dist-info", "b/uvloop-0.1.dist-info", "b/six-1.dist-info"):
        (tmp_path / folder).mkdir(parents=True)

    assert telling_packages([str(tmp_path / "a"), str(tmp_path / "b"), str(tmp_path / "no")]) == [
        {"name": "uvloop", "version": "0.23.0"}
    ]


def test_what_cannot_be_listed_holds_no_packages(tmp_path: Path) -> None:
    """Whatever a service has put on its path."""
    (tmp_path / "uvloop-0.23.0.dist-info").mkdir()
    (tmp_path / "archive.zip").write_bytes(b"")
    odd: list[object] = ["no\0name", "n" * 300, b"/", None, "", str(tmp_path / "archive.zip")]

    assert telling_packages([*odd, str(tmp_path)]) == [{"name": "uvloop", "version": "0.23.0"}]


SPAWNED = ["python", "-c", "from multiprocessing.spawn import spawn_main; spawn_main(4)"]


@pytest.mark.parametrize(
    ("command", "parent", "environ", "kind"),
    [
        (["gunicorn", "shop"], "bash", {}, "gunicorn"),
        (["uvicorn", "shop:app"], "bash", {}, "uvicorn"),
        (["uvicorn", "shop:app"], "bash", {"WEB_CONCURRENCY": "2"}, ""),
        (["hypercorn", "shop:app"], "bash", {}, ""),
        (["fastapi", "run", "shop.py"], "bash", {}, "uvicorn"),
        (["shop"], "bash", {}, ""),
        # A spawned child is known by its command line before multiprocessing has told it so.
        (SPAWNED, "python\0/srv/hypercorn\0-w\0002", {}, "hypercorn"),
        (SPAWNED, "python\0/srv/fastapi\0run\0--workers\0002", {}, "uvicorn"),
        (SPAWNED, "python\0/srv/shop.py", {}, "multiprocessing"),
    ],
)
def test_a_worker_is_told_from_the_one_that_starts_it(
    tmp_path: Path, command: list[str], parent: str, environ: dict[str, str], kind: str
) -> None:
    """By its own command line, its parent's and the environment."""
    told = tmp_path / str(os.getppid()) / "cmdline"
    told.parent.mkdir()
    told.write_text(parent)

    assert worker_kind(command, tmp_path, environ) == kind


def test_started_tells_this_interpreter() -> None:
    """Command, version and parent are those of the running process."""
    told = started(command=["python", "gunicorn", "shop"], paths=["/nowhere"])

    assert told["python"] == ".".join(map(str, sys.version_info[:3]))
    assert told["command"] == "python gunicorn shop"
    assert told["worker_kind"] == "gunicorn"
    assert told["parent_pid"] > 0
