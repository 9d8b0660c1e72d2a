"""A store of its own for each test of what is read from one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tacitus.store import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "world.duckdb")
