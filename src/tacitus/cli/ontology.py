"""`tacitus ontology`: check and make types, modes and contexts of one's own."""

from __future__ import annotations

from pathlib import Path

import click

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def ontology() -> None:
    """Check and make types, modes and contexts of your own, for `--ontology`.

    \b
    Examples:
      tacitus ontology check my.toml
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
