"""The SQL files of this room."""

from __future__ import annotations

from importlib import resources


def statements(name: str) -> list[str]:
    """The statements of an SQL file of this room, split at the semicolon."""
    script = resources.files("tacitus.store").joinpath(name).read_text(encoding="utf-8")
    lines = (line for line in script.splitlines() if not line.startswith("--"))
    return [statement for statement in (part.strip() for part in "\n".join(lines).split(";")) if statement]
