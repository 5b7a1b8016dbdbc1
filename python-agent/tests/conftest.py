from __future__ import annotations

from pathlib import Path

import pytest
from contract import Contract


@pytest.fixture(scope="session")
def contract(tmp_path_factory: pytest.TempPathFactory) -> Contract:
    folder: Path = tmp_path_factory.mktemp("pb2")
    return Contract(folder)
