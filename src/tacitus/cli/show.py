"""`tacitus show`: one document with what was found in it."""

from __future__ import annotations

from pathlib import Path

import click

from tacitus.cli.options import DB
from tacitus.errors import StoreError


@click.command()
@click.argument("document", metavar="ID")
@DB
@click.option("--json", "as_json", is_flag=True, help="The whole record as JSON instead.")
@click.option("--machine", is_flag=True, help="As the machine coded it, without what people put right.")
def show(document: str, db: Path, as_json: bool, machine: bool) -> None:
    """Show one document with its actors, events and claims marked in the text; what people put right is right there.

    \b
    Example:
      tacitus show 1f0c3a9be2d47a65 --db world.duckdb
    """
    import json

    from tacitus.analysis.reviewing import open_reviewed
    from tacitus.export import render_document

    with open_reviewed(db) as store:
        record = store.machine_record(document) if machine else store.record(document)
    if record is None:
        raise StoreError(f"{document}: no such document in {db}; `tacitus report --db {db}` names the ids")
    click.echo(
        json.dumps(record.to_dict(), ensure_ascii=False, indent=1) if as_json else render_document(record, color=True)
    )
