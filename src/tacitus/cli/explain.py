"""`tacitus explain`: how a sentence is coded, and why; or what a code means."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from tacitus.cli.options import ACTORS, DAY, NEW_FILE, ONTOLOGY
from tacitus.errors import SettingsError


@click.command()
@click.argument("text")
@click.option("--published", type=DAY, help="The day to which 'yesterday' and 'Monday' refer.")
@click.option(
    "--parse-svg",
    metavar="FILE",
    type=NEW_FILE,
    help="Also draw the dependency trees, as an SVG picture.",
)
@ACTORS
@ONTOLOGY
def explain(
    text: str,
    published: date | None,
    parse_svg: Path | None,
    actors: tuple[Path, ...],
    ontology: tuple[Path, ...],
) -> None:
    """Explain how TEXT is coded: parse, actors, claims, events and why, and what was not coded; or what a code means.

    \b
    Examples:
      tacitus explain "The army shelled the town on Monday." --published 2024-05-08
      tacitus explain "The army shelled the town." --parse-svg tree.svg
      tacitus explain ASSAULT
    """
    from tacitus.ontology import load_ontology, read_own_ontology

    known = load_ontology()
    for path in ontology:
        known = read_own_ontology(path, ontology=known).laid_over(known)
    if text in known.types:
        if parse_svg is not None:
            raise click.UsageError(f"--parse-svg draws the parse of a text; {text} is a code")
        event_type = known.types[text]
        kind = f" A type of your own, a kind of {event_type.refines}." if event_type.refines else ""
        click.echo(f"{text}: {event_type.gloss}. Score {event_type.score:+g}, quad {event_type.quad}.{kind}")
        for mode, score in event_type.modes.items():
            click.echo(f"  {mode:16} {score:+g}")
        return
    from tacitus.export import render_explanation, render_parse_svg
    from tacitus.ingest import article_from_dict
    from tacitus.pipeline import Coder
    from tacitus.settings import Settings

    article = article_from_dict({"text": text, "published": published.isoformat() if published else None})
    trace = Coder(Settings(actors=actors, ontology=ontology)).trace(article)
    click.echo(render_explanation(trace.record, trace.parse, trace.rejected, color=True))
    if parse_svg is not None:
        _write(parse_svg, render_parse_svg(trace.parse))


def _write(path: Path, picture: str) -> None:
    try:
        path.write_text(picture, encoding="utf-8")
    except OSError as err:
        raise SettingsError(f"{path}: cannot be written: {err.strerror}") from err
