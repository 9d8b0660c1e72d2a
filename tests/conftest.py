"""Fixtures that all tests may use."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tacitus.language import LanguageModel

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of development sets beside the checkout; the test is skipped where there is none."""
    if not (SHARED / "gold").is_dir():
        pytest.skip("no ../shared: the development sets are not here")
    return SHARED


@pytest.fixture(scope="session")
def model() -> LanguageModel:
    """The shipped language model, loaded once."""
    from tacitus.language import LanguageModel

    return LanguageModel.load(threads=1)
