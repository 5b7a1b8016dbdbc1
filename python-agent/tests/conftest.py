from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from broker import Broker
from contract import Contract
from installation import Installation
from service import Service

# A shell's background jobs ignore it, and what they start does, too: services would not end by it.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def contract(tmp_path_factory: pytest.TempPathFactory) -> Contract:
    folder: Path = tmp_path_factory.mktemp("pb2")
    return Contract(folder)


@pytest.fixture
def service(tmp_path: Path, contract: Contract) -> Service:
    return Service(tmp_path, contract)


@pytest.fixture(scope="session")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """One for all tests that leave it as it is."""
    broker = Broker(tmp_path_factory.mktemp("broker"))
    yield broker
    broker.close()


@pytest.fixture
def installation(tmp_path: Path, broker: Broker, contract: Contract) -> Iterator[Installation]:
    installation = Installation(tmp_path, broker, contract)
    yield installation
    installation.published.close()
