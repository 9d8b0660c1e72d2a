"""How sources are read: what the user chose, in one frozen place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tacitus.errors import SettingsError
from tacitus.ingest.tables import FIELDS

if TYPE_CHECKING:
    from tacitus.ingest.web import Fetcher


def _nothing(_: str) -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """`columns`: field of a document -> column of a table. `feed_text`: take a feed's own text, fetch no pages. `allow_private`: fetch also
    from addresses that are not of the public internet. `conditional`: fetch a source only when it has changed, by what `fetcher` remembers.
    `is_known`: pages of a feed, by URL, and files, by path, that need not be read again.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    feed_text: bool = False
    allow_private: bool = False
    conditional: bool = False
    fetcher: Fetcher | None = None
    is_known: Callable[[str], bool] = _nothing


def parse_columns(option: str) -> dict[str, str]:
    """Read `text=body,published=date`. Raises SettingsError, which says what may be named."""
    columns = {}
    for part in filter(None, map(str.strip, option.split(","))):
        name, equals, column = (piece.strip() for piece in part.partition("="))
        if not equals or not column or name not in FIELDS:
            raise SettingsError(f"--map {part}: write FIELD=COLUMN; a field is one of {', '.join(FIELDS)}")
        columns[name] = column
    return columns
