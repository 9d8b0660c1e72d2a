"""The gazetteer with what the user lays over it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tacitus.places import Gazetteer


def load_gazetteer(index: Path | None = None, *, own: Sequence[Path] = ()) -> Gazetteer:
    """The package's gazetteer, with the larger `index` made by `tacitus places build` instead of its settlements, and places of one's own.

    Raises StoreError or DataError when a file cannot be used.
    """
    if index is None:
        return Gazetteer.load(own=own)
    from tacitus.store import open_place_index  # brings the database with it, which coding alone does not need

    return Gazetteer.load(table=open_place_index(index), own=own)
