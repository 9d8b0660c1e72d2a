"""Two pages about invented states, coded by the machine once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tacitus import Coder
from tacitus.records import Record
from tacitus.review import Entry, EventFacts, new_entry

TEXT = (
    "Norwegian troops shelled the port of Odessa on Monday, killing 12 people, the mayor said. "
    "Kenya condemned the attack. Police in Lagos arrested two students on Tuesday."
)


@pytest.fixture(scope="session")
def coded() -> Record:
    """The page as the program codes it."""
    record = Coder().code(TEXT, published="2024-05-08")
    assert {"ASSAULT", "ACCUSE", "COERCE"} <= {event.type for event in record.events}
    return replace(record, id="page")


def event_of(record: Record, type_: str) -> str:
    """The id of the first event of a type."""
    return next(event.id for event in record.events if event.type == type_)


def verdict(record: Record, type_: str, *, who: str = "ann", at: str | None = None, **changes: object) -> Entry:
    """What somebody says of the first event of a type; without changes that it is right."""
    event = next(event for event in record.events if event.type == type_)
    becomes = replace(EventFacts.of(event, record), **changes)
    entry = new_entry(record, subject="event", item=event.id, becomes=becomes, who=who)
    return replace(entry, at=at) if at else entry


def rejection(record: Record, subject: str, item: str, *, who: str = "ann") -> Entry:
    return new_entry(record, subject=subject, item=item, becomes=None, who=who)
