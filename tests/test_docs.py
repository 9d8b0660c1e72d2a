"""The documents say what the program does."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

import tacitus
from tacitus.cli.main import cli
from tacitus.records import Actor, Claim, Event, Place, Record, TimeValue, output_types

ROOT = Path(__file__).resolve().parents[1]
DOCS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("record", [Record, Actor, Event, Claim, Place, TimeValue], ids=lambda record: record.__name__)
def test_every_field_of_the_record_is_described(record: type) -> None:
    described = (ROOT / "docs" / "record.md").read_text(encoding="utf-8")
    assert dataclasses.is_dataclass(record)
    assert [name for name, _ in output_types(record) if not re.search(rf"[`{{ ,]{name}[`}}: ,]", described)] == []


@pytest.mark.parametrize("command", sorted(cli.commands))
def test_every_command_stands_in_the_readme(command: str) -> None:
    assert f"tacitus {command}" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("document", DOCS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)", document.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (document.parent / link).exists()] == []


def test_the_public_surface_is_this() -> None:
    assert sorted(tacitus.__all__) == ["Coder", "Record", "Settings", "open_store"]
    assert all(hasattr(tacitus, name) for name in tacitus.__all__)
