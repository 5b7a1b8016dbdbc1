from __future__ import annotations

from pathlib import Path

import pytest
from contract import Contract
from service import Service


@pytest.fixture(scope="session")
def contract(tmp_path_factory: pytest.TempPathFactory) -> Contract:
    folder: Path = tmp_path_factory.mktemp("pb2")
    return Contract(folder)


@pytest.fixture
def service(tmp_path: Path, contract: Contract) -> Service:
    return Service(tmp_path, contract)
