"""`tacitus watch`: sources looked at again and again; what is new is coded, and rules say what somebody wants to be told."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tacitus.cli.options import FEED_TEXT, FILE, NEW_FILE, WORKERS
from tacitus.settings import Settings

if TYPE_CHECKING:
    from tacitus.analysis.watching import Alert
    from tacitus.engines.watching import Round
    from tacitus.ingest.web import Manners

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def _seconds(_: click.Context, __: click.Parameter, value: str) -> int:
    """The seconds of a length of time: 30s, 5m, 1h, 1d."""
    found = re.fullmatch(r"(\d{1,6})([smhd])", value.strip())
    if found is None or int(found[1]) == 0:
        raise click.BadParameter(f"{value!r} is no length of time; write 30s, 5m, 1h or 1d")
    return int(found[1]) * UNITS[found[2]]


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--db", required=True, type=NEW_FILE, help="Database to write into.")
@click.option(
    "--every", default="5m", show_default=True, callback=_seconds, help="Time between two looks: 30s, 5m, 1h, 1d."
)
@click.option("--once", is_flag=True, help="Look once and end.")
@click.option("--rules", type=FILE, help="What to be told of (TOML).")
@click.option("--webhook", metavar="URL", help="Post each alert there as JSON, too.")
@click.option("--format", "format_", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
@FEED_TEXT
@click.option("--allow-private", is_flag=True, help="Fetch from and post to private addresses, too.")
@WORKERS
def watch(
    sources: tuple[str, ...],
    db: Path,
    every: int,
    once: bool,
    rules: Path | None,
    webhook: str | None,
    format_: str,
    feed_text: bool,
    allow_private: bool,
    workers: int,
) -> None:
    """Watch sources, code what is new, and tell what the rules ask for.

    SOURCE is a feed, a page, a folder or a file, as for `tacitus code`. Alerts go to standard output, what was read to standard error.
    With --once the exit status is 1 when a document failed.

    \b
    Examples:
      tacitus watch https://news.example/feed.xml --db world.duckdb --every 10m
      tacitus watch inbox/ --db world.duckdb --rules rules.toml --format jsonl
    """
    from tacitus.analysis.watching import read_rules
    from tacitus.engines.storing import StoreCoder
    from tacitus.engines.watching import Watcher
    from tacitus.ingest.web import Manners
    from tacitus.store import open_store

    wanted = read_rules(rules) if rules else []
    manners = Manners(allow_private=allow_private)
    with (
        open_store(db) as store,
        StoreCoder(store, Settings(workers=workers)) as coder,
        closing(Watcher(coder, store, rules=wanted, manners=manners, feed_text=feed_text)) as watcher,
    ):
        while True:
            found = watcher.look(sources, is_last=once)
            failures = _tell(found)
            _alert(found.alerts, format_=format_, webhook=webhook, manners=manners)
            if once:
                break
            time.sleep(every)
    if failures:
        raise click.exceptions.Exit(1)


def _tell(found: Round) -> int:
    """Say what a round read; returns how many documents failed."""
    failures = [record.error.message for record in found.records if record.error is not None]
    for message in failures:
        click.echo(f"failed: {message}", err=True)
    if found.records:
        events = sum(len(record.events) for record in found.records)
        parts = f"{len(found.records)} new · {events} events · {len(failures)} failed · {len(found.alerts)} alerts"
        click.echo(f"{time.strftime('%H:%M:%S')} {parts}", err=True)
    return len(failures)


def _alert(alerts: Iterable[Alert], *, format_: str, webhook: str | None, manners: Manners) -> None:
    for alert in alerts:
        click.echo(_shown(alert, format_))
        if webhook:
            _post(webhook, alert, manners)


def _shown(alert: Alert, format_: str) -> str:
    from tacitus.export.alerts import alert_to_dict, alert_to_text

    return json.dumps(alert_to_dict(alert), ensure_ascii=False) if format_ == "jsonl" else alert_to_text(alert)


def _post(url: str, alert: Alert, manners: Manners) -> None:
    """Post one alert; what goes wrong is told and the watch goes on."""
    from tacitus.errors import SourceError
    from tacitus.export.alerts import alert_to_dict
    from tacitus.ingest.web import post_json

    try:
        post_json(url, alert_to_dict(alert), manners=manners)
    except SourceError as err:
        click.echo(f"failed: {err}", err=True)
