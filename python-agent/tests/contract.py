"""The contract as the official protobuf runtime knows it, by pb2 modules made for the tests."""

from __future__ import annotations

import importlib
import io
import json
import re
import sys
from pathlib import Path
from typing import Any

from google.protobuf import json_format, proto
from grpc_tools import protoc

PROTO = Path(__file__).parents[2] / "proto"
GOLDEN = PROTO / "golden"

# A golden file's message is told by the first word of its name.
_MESSAGES = {
    "sample": "v2.Sample",
    "v1sample": "v1.Sample",
    "event": "v1.Event",
    "capture": "v1.CaptureEntry",
    "trend": "v1.Trend",
    "alert": "v1.Alert",
    "service": "v1.ServiceSummary",
    "profile": "v1.ServiceProfile",
}
_MODULES = ("v2.sample", "v1.telemetry", "v1.capture", "v1.alerts")


class Contract:
    """pb2 modules of every proto file, generated into `folder`."""

    def __init__(self, folder: Path) -> None:
        files = sorted(str(path.relative_to(PROTO)) for path in PROTO.rglob("*.proto"))
        status = protoc.main(["protoc", f"--proto_path={PROTO}", f"--python_out={folder}", *files])
        if status != 0:
            raise RuntimeError(f"protoc ended with status {status}")
        # The generated modules import each other as hognose.v1.…, beside the agent's own package.
        import hognose

        hognose.__path__.append(str(folder / "hognose"))
        importlib.invalidate_caches()
        self._modules = {name: importlib.import_module(f"hognose.{name}_pb2") for name in _MODULES}

    def new(self, message: str) -> Any:
        """
        An empty message by its name in the proto, "v1.Sample"; without a major, the newest.
        """
        major, _, name = message.rpartition(".")
        for module, members in self._modules.items():
            if module.startswith(major) and hasattr(members, name):
                return getattr(members, name)()
        raise KeyError(message)

    def read(self, message: str, data: bytes) -> Any:
        parsed = self.new(message)
        parsed.ParseFromString(data)
        return parsed

    def as_json(self, message: str, data: bytes) -> Any:
        """Protobuf JSON, with the proto's field names, of a message's bytes."""
        return json_format.MessageToDict(self.read(message, data), preserving_proto_field_name=True)

    def told(self, topic: str, key: bytes, value: bytes, timestamp_ms: int) -> dict[str, Any]:
        """
        A record of the agent's as protobuf JSON, a sample in the words of the first form; its key
        and timestamp are those of its value.
        """
        if topic == "hognose.samples":
            told = {"process": _process(key), **as_first_form(self.as_json("v2.Sample", value))}
        else:
            told = self.as_json("v1.Event", value)
        assert key == "{service}/{host}/{pid}/{started_at_ms}".format(**told["process"]).encode()
        assert timestamp_ms == int(told["at_ms"])
        return told

    def from_json(self, message: str, value: Any) -> Any:
        return json_format.ParseDict(value, self.new(message))


def _process(key: bytes) -> dict[str, str]:
    service, host, pid, started_at_ms = key.decode().rsplit("/", 3)
    return {"service": service, "host": host, "pid": pid, "started_at_ms": started_at_ms}


def as_first_form(sample: dict[str, Any]) -> dict[str, Any]:
    """A sample of the second form in the words of the first, both as protobuf JSON."""
    assert sample["schema"] == 2
    flat = {name: value for name, value in sample.items() if name not in ("schema", *_PARTS)}
    for part in _PARTS:
        flat.update(sample.get(part, {}))
    told: dict[str, Any] = _in_seconds(flat)
    for loop in told.get("loops", []):
        loop.setdefault("name", "MainThread")
        loop.setdefault("kind", "asyncio")
    for thread in told.get("thread_cpu", []):
        thread.setdefault("name", "MainThread")
    return told


_PARTS = ("memory", "container", "kernel")


def _in_seconds(value: Any) -> Any:
    if isinstance(value, list):
        return [_in_seconds(each) for each in value]
    if not isinstance(value, dict):
        return value
    told = {}
    for name, member in value.items():
        name_told = re.sub("_us(?=$|_total$)", "_seconds", name.replace("_microcores", "_cores"))
        if name_told == name:
            told[name] = _in_seconds(member)
        elif isinstance(member, list):
            told[name_told] = _histogram(member)
        else:
            told[name_told] = int(member) / 1e6
    return told


def _histogram(packed: list[str]) -> dict[str, Any]:
    total, *counts = packed
    told: dict[str, Any] = {"counts": counts} if counts else {}
    return {**told, "sum_seconds": int(total) / 1e6} if int(total) else told


def golden_names() -> list[str]:
    return sorted(path.stem for path in GOLDEN.glob("*.json"))


def golden_message(name: str) -> str:
    return _MESSAGES[name.partition("_")[0]]


def golden_json(name: str) -> Any:
    return json.loads((GOLDEN / f"{name}.json").read_text("utf-8"))


def golden_bytes(name: str) -> bytes:
    return (GOLDEN / f"{name}.bin").read_bytes()


def write_golden(folder: Path) -> None:
    """Bring the golden files' bytes in line with their JSON, after the contract has grown."""
    contract = Contract(folder)
    for name in golden_names():
        message = contract.from_json(golden_message(name), golden_json(name))
        text = json_format.MessageToJson(message, preserving_proto_field_name=True)
        (GOLDEN / f"{name}.json").write_text(text + "\n", "utf-8")
        (GOLDEN / f"{name}.bin").write_bytes(message.SerializeToString(deterministic=True))
    (GOLDEN / "small.capture").write_bytes(golden_capture(contract))


def golden_capture(contract: Contract) -> bytes:
    """The capture that `capture_header` and `capture_record` make."""
    capture = io.BytesIO()
    capture.write(b"hognose-capture 1\n")
    for name in ("capture_header", "capture_record"):
        entry = contract.read("v1.CaptureEntry", golden_bytes(name))
        proto.serialize_length_prefixed(entry, capture)
    return capture.getvalue()


if __name__ == "__main__":
    write_golden(Path(sys.argv[1]))
