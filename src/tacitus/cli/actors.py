"""`tacitus actors`: look up who is who, check and make files of one's own."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tacitus.cli.options import DAY, FILE, NEW_FILE
from tacitus.errors import SettingsError

if TYPE_CHECKING:
    from tacitus.actors import Entity, Knowledge

SHOWN = 20  # near names, names left out


@click.group()
def actors() -> None:
    """Look up who is who, and extend it with files of your own.

    \b
    Examples:
      tacitus actors find "Wagner Group" --on 2022-06-01
      tacitus actors unknown --db world.duckdb
      tacitus actors check my.toml
      tacitus actors import Countries.actors.txt Agents.agents.txt --output my.toml
    """


@actors.command()
@click.argument("name")
@click.option("--on", type=DAY, help="The day; today without it.")
@click.option("--actors", "own", multiple=True, metavar="FILE", type=FILE, help="Actors of your own as well.")
def find(name: str, on: date | None, own: tuple[Path, ...]) -> None:
    """Show what NAME, or a role noun, is coded as. Exit status 1 when nothing is known.

    \b
    Examples:
      tacitus actors find "Wagner Group" --on 2022-06-01
      tacitus actors find "opposition lawmakers"
    """
    from tacitus.actors import Knowledge

    knowledge = Knowledge.load(own=own)
    day = on.isoformat() if on else None
    chosen = knowledge.resolve(name, on=day)
    readings = {sense.entity.id: sense.entity for sense in knowledge.readings(name)}
    for entity in readings.values():
        _show(
            entity, knowledge, day, note="" if chosen is entity else "  (not coded so: doubtful, or not at that time)"
        )
    roles = knowledge.roles_named(name)
    for sense in roles:
        role = sense.role
        codes = " ".join(filter(None, (role.country, *role.sectors))) or "no sector of its own"
        click.echo(f"{role.name}  role noun\n  {role.kind} · {codes}")
    if readings or roles:
        return
    near = sorted(knowledge.search(name), key=lambda entity: entity.name)[:SHOWN]
    click.echo(
        f"{name}: not known" + (f"; near: {', '.join(entity.name for entity in near)}" if near else ""), err=True
    )
    raise click.exceptions.Exit(1)


def _show(entity: Entity, knowledge: Knowledge, day: str | None, *, note: str) -> None:
    """An entry, its coding on the day, and its terms."""
    coding = knowledge.code(entity, on=day)
    click.echo(f"{entity.name}  {entity.id}{note}")
    click.echo(f"  {entity.kind} · {coding.code or 'no code'}" + (f" on {day}" if day else ""))
    for term in entity.terms:
        when = f"{term.since or '…'} – {term.until or '…'}"
        click.echo("  " + " ".join(filter(None, (f"{when:25}", term.country, *term.sectors, term.office))))


@actors.command()
@click.argument("file", type=FILE)
def check(file: Path) -> None:
    """Check a file of your own, and tell which entries it replaces. Exit status 2 when it is wrong."""
    from tacitus.actors import Knowledge
    from tacitus.actors.compiled import read_index
    from tacitus.actors.userfile import read_user_file
    from tacitus.resources import data_path

    package = read_index(data_path("actors"))
    facts = read_user_file(file, package=package)
    roles = {sense.role.name for block in facts.blocks.values() for senses in block.roles.values() for sense in senses}
    for id_ in facts.entities:
        if id_ in package.entities:
            click.echo(f"replaces {id_}")
    known = Knowledge(package)
    for entity in facts.entities.values():
        other = known.resolve(entity.name)
        if other is not None and other.id != entity.id:
            click.echo(f"{entity.id} takes the name {entity.name!r} from {other.id}")
    click.echo(f"{file}: {len(facts.entities)} entries and {len(roles)} role nouns, all right")


@actors.command()
@click.option("--db", required=True, type=NEW_FILE, help="Database to look through.")
@click.option("--limit", default=30, show_default=True, type=click.IntRange(min=1), help="How many names.")
def unknown(db: Path, limit: int) -> None:
    """List the names on stored pages that nobody is known for, most frequent first: what to add to a file of your own.

    One line a name, cells separated by tabs: pages, mentions, name, kind, code from the pages' own words, first sentence.
    """
    from tacitus.analysis.reviewing import open_reviewed
    from tacitus.text import one_line

    with open_reviewed(db) as store:
        for row in store.unknown_actors(limit=limit):
            cells = (row.documents, row.mentions, row.name, row.kind, row.code or "", one_line(row.example or ""))
            click.echo("\t".join(map(str, cells)))


@actors.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=FILE)
@click.option("--output", "-o", type=NEW_FILE, help="File to write; else standard output.")
def import_(files: tuple[Path, ...], output: Path | None) -> None:
    """Convert actor and agent dictionaries of TABARI or PETRARCH into a file of your own.

    What PLOVER has no code for is left out and told on standard error. Whether a name is a person is guessed: look the file through.
    """
    from tacitus.actors import Knowledge
    from tacitus.actors.dictionaries import read_dictionary
    from tacitus.actors.importing import import_dictionaries

    made = import_dictionaries(map(read_dictionary, files), knowledge=Knowledge.load())
    if output is None:
        click.echo(made.to_toml())
    else:
        try:
            output.write_text(made.to_toml(), encoding="utf-8")
        except OSError as err:
            raise SettingsError(f"{output}: cannot be written: {err.strerror}") from err
    for line in made.left_out[:SHOWN]:
        click.echo(f"left out: {line}", err=True)
    counts = {
        "organizations": len(made.organizations),
        "persons": len(made.persons),
        "role nouns": len(made.roles),
        "left out": len(made.left_out),
    }
    click.echo(", ".join(f"{name}: {count}" for name, count in counts.items()), err=True)
