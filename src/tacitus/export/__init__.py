"""Records and situations as files and as text to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tacitus.export.arcs import render_parse_svg
    from tacitus.export.document import render_document
    from tacitus.export.explanation import render_explanation
    from tacitus.export.situation import render_situation
    from tacitus.export.tables import write_parquet, write_records

__all__ = [
    "render_document",
    "render_explanation",
    "render_parse_svg",
    "render_situation",
    "write_parquet",
    "write_records",
]

_HOMES = {
    "render_document": "tacitus.export.document",
    "render_explanation": "tacitus.export.explanation",
    "render_parse_svg": "tacitus.export.arcs",
    "render_situation": "tacitus.export.situation",
    "write_parquet": "tacitus.export.tables",
    "write_records": "tacitus.export.tables",
}


def __getattr__(name: str) -> Any:
    """Import a name when it is first used: to explain a sentence, the database need not be loaded."""
    if name not in _HOMES:
        raise AttributeError(f"module 'tacitus.export' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
