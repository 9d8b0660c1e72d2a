"""The gazetteer, loaded once."""

from __future__ import annotations

import pytest

from tacitus.places import Gazetteer


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """The gazetteer of the package."""
    return Gazetteer.load()
