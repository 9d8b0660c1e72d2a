"""Types of arguments and whole options that several commands share: one spelling, one help text."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click


class Day(click.DateTime):
    """A day, written 2024-05-08."""

    def __init__(self) -> None:
        super().__init__(formats=["%Y-%m-%d"])

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The `date`; one that has been read already stays as it is."""
        return value if type(value) is date else super().convert(value, param, ctx).date()


DAY = Day()
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)

DB = click.option("--db", required=True, type=NEW_FILE, help="Database made by `tacitus code --db`.")
SINCE = click.option("--since", type=DAY, help="First day.")
UNTIL = click.option("--until", type=DAY, help="Last day.")
JSONL = click.option("--json", "as_json", is_flag=True, help="One JSON object a line instead.")
ACTORS = click.option(
    "--actors",
    multiple=True,
    metavar="FILE",
    type=FILE,
    help="Actors of your own (TOML), which count before the package's; may be given again.",
)
ONTOLOGY = click.option(
    "--ontology",
    multiple=True,
    metavar="FILE",
    type=FILE,
    help="Types, modes and contexts of your own (TOML), beside PLOVER's; may be given again.",
)
WORKERS = click.option(
    "--workers", default=1, show_default=True, type=click.IntRange(min=1), help="Processes that code side by side."
)
FEED_TEXT = click.option(
    "--feed-text", is_flag=True, help="Code the text in a feed; do not fetch the pages of its items."
)
