"""Tacitus reads news pages and returns structured, sourced event data.

>>> import tacitus
>>> coder = tacitus.Coder()                                        # loads the language model once
>>> record = coder.code("The army shelled the town.", published="2024-05-08")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tacitus.pipeline import Coder
    from tacitus.records import Record
    from tacitus.settings import Settings
    from tacitus.store import open_store

__version__ = "0.1.0"
__all__ = ["Coder", "Record", "Settings", "open_store"]

_HOMES = {
    "Coder": "tacitus.pipeline",
    "Record": "tacitus.records",
    "Settings": "tacitus.settings",
    "open_store": "tacitus.store",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: `import tacitus` alone stays instant."""
    if name not in _HOMES:
        raise AttributeError(f"module 'tacitus' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
