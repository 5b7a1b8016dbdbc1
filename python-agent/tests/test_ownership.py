from __future__ import annotations

import sysconfig
from importlib.machinery import ModuleSpec
from types import ModuleType

import pytest

from hognose._ownership import own_packages

SCRIPTS = sysconfig.get_path("scripts")


def script(path: str) -> ModuleType:
    main = ModuleType("__main__")
    main.__file__ = path
    return main


@pytest.mark.parametrize(
    ("command", "own"),
    [
        ("uvicorn shop.web:app --host 127.0.0.1 --port 8000", {"shop"}),
        ("python -m uvicorn shop:create_app() --factory", {"shop"}),
        ("gunicorn -k uvicorn.workers.UvicornWorker -b localhost:8000 shop.wsgi", {"shop"}),
        ("celery -A shop worker", {"shop"}),
        ("celery --app=shop.tasks worker", {"shop"}),
        ("flask --app shop run", {"shop"}),
        ("python shop.py", set()),
        ("python -m http.server", set()),
        ("python", set()),
    ],
)
def test_the_application_on_the_command_line_is_the_service(command: str, own: set[str]) -> None:
    """What launches it never is."""
    assert own_packages(command.split(), {}, script("/srv/shop.py")) == own


def test_a_module_that_is_run_is_the_service() -> None:
    """As `python -m shop` runs `shop.__main__`."""
    main = script("/srv/lib/python3.12/site-packages/shop/__main__.py")
    main.__spec__ = ModuleSpec("shop.__main__", None)

    assert own_packages(["python", "-m", "shop"], {}, main) == {"shop"}


def test_a_console_script_runs_the_service() -> None:
    """It consists of one import; a script of the user's own may import anything."""
    source = "from fractions import Fraction\ndef main(): ...\nmain.__module__ = 'shop.cli'"
    installed, users = script(f"{SCRIPTS}/shop"), script("/srv/bin/shop")
    for main in (installed, users):
        exec(source, vars(main))

    assert own_packages([f"{SCRIPTS}/shop"], {}, installed) == {"shop"}
    assert own_packages(["/srv/bin/shop"], {}, users) == set()


def test_djangos_settings_name_the_service() -> None:
    """They are part of the project that is served."""
    environ = {"DJANGO_SETTINGS_MODULE": "shop.settings"}

    assert own_packages(["uwsgi"], environ, script("/srv/manage.py")) == {"shop"}
