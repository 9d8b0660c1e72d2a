"""`tacitus show`: one document with what was found in it."""

from __future__ import annotations

from pathlib import Path

import click

from tacitus.errors import StoreError


@click.command()
@click.argument("document", metavar="ID")
@click.option(
    "--db", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Database made by `tacitus code --db`."
)
@click.option("--json", "as_json", is_flag=True, help="The whole record as JSON instead.")
def show(document: str, db: Path, as_json: bool) -> None:
    """Show one document with its actors, events and claims marked in the text.

    \b
    Example:
      tacitus show 1f0c3a9be2d47a65 --db world.duckdb
    """
    import json

    from tacitus.export import render_document
    from tacitus.store import open_store

    with open_store(db, read_only=True) as store:
        record = store.record(document)
    if record is None:
        raise StoreError(f"{document}: no such document in {db}; `tacitus report --db {db}` names the ids")
    click.echo(
        json.dumps(record.to_dict(), ensure_ascii=False, indent=1) if as_json else render_document(record, color=True)
    )
