"""`tacitus ontology`: check and make types, modes and contexts of one's own."""

from __future__ import annotations

from pathlib import Path

import click

from tacitus.cli.options import FILE, NEW_FILE
from tacitus.errors import SettingsError

SHOWN = 20  # lines left out


@click.group()
def ontology() -> None:
    """Check and make types, modes and contexts of your own, for `--ontology`.

    \b
    Examples:
      tacitus ontology check my.toml
      tacitus ontology import verbs.txt --output my.toml
      tacitus code pages/ --db world.duckdb --ontology my.toml
    """


@ontology.command()
@click.argument("file", type=FILE)
@click.option("--with", "others", multiple=True, metavar="FILE", type=FILE, help="Read before it; may be given again.")
def check(file: Path, others: tuple[Path, ...]) -> None:
    """Check FILE, code its examples, and tell those that come out otherwise.

    Exit status 1 when an example does, 2 when the file is wrong.
    """
    from tacitus.ontology import load_ontology, read_own_ontology
    from tacitus.pipeline import Coder, failed_examples
    from tacitus.settings import Settings

    plover = load_ontology()
    for other in others:
        plover = read_own_ontology(other, ontology=plover).laid_over(plover)
    own = read_own_ontology(file, ontology=plover)
    coder = Coder(Settings(ontology=(*others, file)))
    failed = failed_examples(own.examples, coder=coder)
    for example, fault in failed:
        click.echo(f"{example.where}: “{example.text}”: {fault}")
    counts = (
        f"{len(own.types)} types",
        f"{len(own.contexts)} contexts",
        f"{len(own.entries)} groups of words",
        f"{len(own.examples) - len(failed)} of {len(own.examples)} examples as expected",
    )
    click.echo(f"{file}: {', '.join(counts)}")
    if failed:
        raise click.exceptions.Exit(1)


@ontology.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=FILE)
@click.option("--output", "-o", type=NEW_FILE, help="File to write; else standard output.")
@click.option("--all", "all_", is_flag=True, help="Tell everything that is left out, not only the first.")
def import_(files: tuple[Path, ...], output: Path | None, all_: bool) -> None:
    """Convert verb dictionaries of TABARI or PETRARCH into a file of your own.

    What an entry cannot say is left out and told with its line on standard error. Look the file through, and check it.
    """
    from tacitus.events import EventLexicon
    from tacitus.events.importing import import_verbs, to_toml
    from tacitus.events.verbs import read_verbs

    made = import_verbs(map(read_verbs, files), lexicon=EventLexicon.load())
    if output is None:
        click.echo(to_toml(made))
    else:
        try:
            output.write_text(to_toml(made), encoding="utf-8")
        except OSError as err:
            raise SettingsError(f"{output}: cannot be written: {err.strerror}") from err
    for line in made.left_out if all_ else made.left_out[:SHOWN]:
        click.echo(f"left out: {line}", err=True)
    counts = {
        "patterns": made.patterns,
        "in the package already": made.known,
        "left out": len(made.left_out),
    }
    click.echo(", ".join(f"{name}: {count:,}" for name, count in counts.items()), err=True)
