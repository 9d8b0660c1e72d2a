"""`tacitus watch` over a real feed and a folder: only what is new is read, failures are tried again, rules alert once."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tacitus.cli.watch import watch
from tacitus.engines.storing import StoreCoder
from tacitus.engines.watching import SETTLED, Watcher
from tacitus.ingest.web import post_json
from tacitus.settings import Settings
from tacitus.store import Store, open_store
from tests.ingest.test_web import PAGE, PROSE, QUICK, Site, feed, item, served

ATTACK = "The Kenyan army shelled a camp near Lamu on Monday, killing twelve people. "


@pytest.fixture
def site() -> Iterator[Site]:
    with served(Site()) as found:
        yield found


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "world.duckdb") as opened:
        yield opened


@pytest.fixture
def watcher(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watcher]:
    """A watcher whose coder knows nothing of events: what is read counts here."""
    from tacitus.records import Record

    def code_articles(_: Any, articles: Any) -> list[Record]:
        return [
            Record(id=a.id, url=a.url, text=a.text, flags=a.flags, published=a.published, title=a.title, error=a.error)
            for a in articles
        ]

    monkeypatch.setattr("tacitus.pipeline.Coder.code_articles", code_articles)
    monkeypatch.setattr("tacitus.pipeline.Coder.__init__", lambda *_: None)
    with StoreCoder(store, Settings()) as coder:
        found = Watcher(coder, store, manners=QUICK)
        yield found
        found.close()


def test_only_what_is_new_in_a_feed_is_fetched(site: Site, watcher: Watcher) -> None:
    one, two = site.put("/1", PAGE), site.put("/2", PAGE.replace("Norhaven", "Vardal"))
    url = site.put("/feed", feed(item(one)))
    assert [record.id for record in watcher.look([url]).records] == [one]
    assert watcher.look([url]).records == ()
    site.put("/feed", feed(item(two), item(one)))
    assert [record.id for record in watcher.look([url]).records] == [two]
    assert site.asked.count("/1") == 1


def test_a_page_that_failed_is_tried_again(site: Site, watcher: Watcher, store: Store) -> None:
    headers: dict[str, str] = {}

    def answer(asked: dict[str, str]) -> Any:
        headers.update(asked)
        if asked.get("If-None-Match"):
            return 304, {}, b""
        return 200, {"ETag": '"v1"'}, feed(item(site.url + "/late")).encode()

    site.answers["/feed"] = answer
    (failure,) = watcher.look([site.url + "/feed"]).records
    assert failure.error is not None and failure.id == site.url + "/late"
    site.put("/late", PAGE)
    (record,) = watcher.look([site.url + "/feed"]).records
    assert record.id == site.url + "/late" and record.error is None
    stored = store.record(record.id)
    assert stored is not None and stored.error is None
    assert watcher.look([site.url + "/feed"]).records == () and headers["If-None-Match"] == '"v1"'


def test_a_folder_is_looked_through_for_new_and_changed_files(tmp_path: Path, watcher: Watcher) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    first, growing = folder / "a.jsonl", folder / "b.jsonl"
    for path, age in ((first, 60), (growing, 0)):
        path.write_text(json.dumps({"id": path.stem, "text": PROSE}) + "\n", encoding="utf-8")
        os.utime(path, (path.stat().st_atime - age, path.stat().st_mtime - age))
    assert [record.id for record in watcher.look([str(folder)]).records] == ["a"], "b is still being written"
    os.utime(growing, (growing.stat().st_atime, growing.stat().st_mtime - 10 * SETTLED))
    assert [record.id for record in watcher.look([str(folder)]).records] == ["b"]
    assert watcher.look([str(folder)], is_last=True).records == ()


def test_copies_are_found_across_rounds(site: Site, watcher: Watcher, store: Store) -> None:
    pages = [site.put(f"/{n}", PAGE) for n in range(3)]
    for page in pages:
        watcher.look([page])
    rows = store._connection.execute("SELECT document, original, kind FROM copies ORDER BY document").fetchall()
    assert rows == [(pages[1], pages[0], "verbatim"), (pages[2], pages[0], "verbatim")]


def test_the_command_alerts_and_posts(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    posted: list[Any] = []
    monkeypatch.setattr("tacitus.ingest.web.post_json", lambda url, value, *, manners: posted.append((url, value)))
    rules = tmp_path / "rules.toml"
    rules.write_text('[[rule]]\nname = "attacks"\ntype = "ASSAULT"\n', encoding="utf-8")
    page = site.put("/1", f"<html><body><article><p>{ATTACK}{PROSE * 2}</p></article></body></html>")
    source = site.put("/feed", feed(item(page)))
    arguments = [
        source,
        "--db",
        str(tmp_path / "w.duckdb"),
        "--once",
        "--rules",
        str(rules),
        "--webhook",
        "http://hook.example/",
    ]
    result = CliRunner().invoke(watch, [*arguments, "--allow-private", "--format", "jsonl"])
    assert result.exit_code == 0, result.output
    (alert,) = [json.loads(line) for line in result.stdout.splitlines()]
    assert alert["rule"] == "attacks" and alert["incidents"][0]["type"] == "ASSAULT"
    assert alert["incidents"][0]["citations"][0]["document"] == page
    assert posted == [("http://hook.example/", alert)]


@pytest.mark.parametrize("every", ["0m", "5", "5w", "soon"])
def test_a_wrong_interval_is_told(every: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(watch, ["x", "--db", str(tmp_path / "w"), "--every", every])
    assert result.exit_code == 2 and "30s, 5m, 1h or 1d" in result.output


def test_a_post_that_is_not_taken_is_an_error(site: Site) -> None:
    from tacitus.errors import SourceError

    with pytest.raises(SourceError, match="status 501"):
        post_json(site.url + "/hook", {"rule": "x"}, manners=QUICK)
