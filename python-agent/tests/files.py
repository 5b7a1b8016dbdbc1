"""Folders such as the kernel shows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def files(root: Path, texts: Mapping[str, str]) -> Path:
    """Writes the texts below a folder, by their paths, and answers the folder."""
    for name, text in texts.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root
