"""Who may import whom, and what must stay out of a service's start."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import hognose

SOURCE = Path(hognose.__path__[0])
MODULES = sorted(SOURCE.rglob("*.py"))

# What probes share: words, buckets, counts, stacks, descriptors and whether pages are shared.
SHARED = {
    "hognose._growing",
    "hognose._figures",
    "hognose._happenings",
    "hognose._histogram",
    "hognose._frames",
    "hognose._counters",
    "hognose._one_call",
    "hognose._pages",
    "hognose._budget",
    "hognose._stdlib",
    "hognose._descriptor",
    "hognose._untouched",
}

DORMANT = {"hognose", "hognose._boot", "hognose._program"}


def name_of(module: Path) -> str:
    parts = ["hognose", *module.relative_to(SOURCE).with_suffix("").parts]
    return ".".join(parts).removesuffix(".__init__")


def imports(module: Path) -> Iterator[str]:
    """Every module that is imported anywhere in the file."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative import"
            assert node.module is not None
            # Of `from hognose import _schema` the module is what is imported.
            is_ours = node.module == "hognose"
            yield from (f"hognose.{each.name}" for each in node.names if is_ours)
            yield from () if is_ours else (node.module,)


def ours(module: Path) -> set[str]:
    return {name for name in imports(module) if name.partition(".")[0] == "hognose"}


def test_no_probe_knows_another_probe_or_the_agent() -> None:
    """A probe can be read, tested and taken out by itself."""
    for module in (SOURCE / "probes").rglob("*.py"):
        probe = module.relative_to(SOURCE / "probes").parts[0].removesuffix(".py")
        own = f"hognose.probes.{probe}"
        foreign = {name for name in ours(module) - SHARED if not name.startswith(own)}
        assert foreign == set(), f"{name_of(module)} imports {foreign}"


def test_what_probes_share_knows_no_probe() -> None:
    """Words, buckets, counts and stacks are at the bottom."""
    for name in SHARED:
        assert ours(SOURCE / f"{name.removeprefix('hognose.')}.py") <= SHARED


def test_only_one_module_knows_kafka() -> None:
    """The file sink works where confluent-kafka does not."""
    knowing = [name_of(each) for each in MODULES if "confluent_kafka" in set(imports(each))]

    assert knowing == ["hognose._publish"]


def test_the_encoder_knows_only_the_contract() -> None:
    """What goes over the wire depends on nothing of the agent."""
    schema, value, field = (
        f"hognose.{name}" for name in ("_schema", "_encode_value", "_encode_field")
    )
    assert ours(SOURCE / "_encode.py") == {schema, value, field}
    assert ours(SOURCE / "_encode_field.py") == {schema, value}
    assert ours(SOURCE / "_encode_value.py") == {schema}
    assert ours(SOURCE / "_schema.py") == set()


def test_nothing_happens_at_import() -> None:
    """Importing every module starts no thread, registers nothing and imports no Kafka client."""
    names = [name_of(each) for each in MODULES if each.name != "__main__.py"]
    code = (
        "import atexit, gc, importlib, signal, sys, threading\n"
        "atexit_before = atexit._ncallbacks()\n"
        f"for name in {names!r}: importlib.import_module(name)\n"
        "assert threading.active_count() == 1, threading.enumerate()\n"
        "assert not gc.callbacks\n"
        "assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL\n"
        "assert 'confluent_kafka' not in sys.modules\n"
        "ours = [m for m in sys.modules if m.partition('.')[0] == 'google']\n"
        "assert not ours, ours\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=False
    )

    assert ended.returncode == 0, ended.stderr


def test_a_dormant_process_imports_next_to_nothing() -> None:
    """Without HOGNOSE_SERVICE nothing at all; in a program that only forks, two small modules."""
    code = "import sys; print(sorted(m for m in sys.modules if m.partition('.')[0] == 'hognose'))"
    plain = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=True, env={}
    )
    forking = subprocess.run(
        [sys.executable, "-c", f"from multiprocessing.forkserver import main\n{code}"],
        capture_output=True, text=True, timeout=30, check=True, env={"HOGNOSE_SERVICE": "shop"},
    )  # fmt: skip

    assert plain.stdout == "[]\n"
    assert forking.stdout == f"{sorted(DORMANT)}\n"


def test_the_wheel_carries_the_projects_licence() -> None:
    """The package has a copy of its own, because a build sees only its folder."""
    package = Path(__file__).parents[1]

    assert (package / "LICENSE").read_bytes() == (package.parent / "LICENSE").read_bytes()
