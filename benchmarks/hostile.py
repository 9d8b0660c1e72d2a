"""Pages that mean harm: made up, coded, and shown in the reading room; nothing in them may run or break a page.

    python -m benchmarks.hostile --documents 10000 [--seed 7] [--reviewed 10]

Every document is shown, with and without a chosen event; the forms to review it are asked for with one of ten (`--reviewed`).

Not part of the tests' run, which code a few dozen of the same documents (tests/web/test_hostile.py).
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from itertools import islice
from pathlib import Path
from typing import Any

HOST = "http://127.0.0.1"
NEWS = (
    "Norwegian troops shelled the town of Bergen on Monday, killing 12 people.",
    "The president of Chile said that Peru had attacked the port.",
    "Denmark's foreign minister met envoys of Sweden in Oslo.",
    "Officials in Ghana accused Togo of arming the rebels.",
    '"We will answer," the prime minister of Malta told reporters.',
)
ATTACKS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    "<svg/onload=alert(3)><style>*{display:none}</style>",
    "</p></div></main></body></html><h1>owned</h1>",
    '" onmouseover="alert(4)" x="',
    "' autofocus onfocus='alert(5)",
    "javascript:alert(6) data:text/html,<script>alert(7)</script>",
    "{{ 7*7 }} {% include '/etc/passwd' %} ${7*7} #{7*7}",
    "<!-- --!> ]]> <![CDATA[ <?php echo 1 ?> &lt;script&gt;",
    "'; DROP TABLE documents; --",
    "\u202egnihtyna \u2066isolated \u061c\u200f",
    "\x00 null \x1b[31m escape \x07 \x08 \x7f \x85",
    "\ud800 lone \udfff surrogates",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f1f3\U0001f1f4 \u0001\ufffe\uffff",
    "z\u0301\u0301" + "\u0301" * 300 + "algo",
    "\u2028\u2029\ufeff\u200b\u00ad",
    "\ue000marks of hits\ue001",
    '=HYPERLINK("http://evil.example") @SUM(1) +1 -1',
)
SCHEMES = re.compile(r"^(?:/(?!/)|[#?]|$)")
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\ud800-\udfff]")
SURROGATE = re.compile("[\ud800-\udfff]")
VOID = frozenset(("br", "embed", "hr", "img", "input", "link", "meta", "source", "rect", "circle", "line", "path"))
NEVER = frozenset(("script", "style", "img", "iframe", "object", "embed", "base", "template", "math", "audio", "video"))


def documents(count: int, *, seed: int = 7) -> Iterator[dict[str, Any]]:
    """So many documents, the same ones for the same seed. Every field may be hostile; ids are told apart by their number."""
    chance = random.Random(seed)
    for number in range(count):
        attack = ATTACKS[number % len(ATTACKS)]
        parts = [chance.choice(NEWS), attack, chance.choice(ATTACKS), chance.choice(NEWS)]
        if number % 23 == 0:
            parts.append(chance.choice("Wi\u0301\u6f22\U0001f4a3") * chance.choice((400, 5_000, 20_000)))
        chance.shuffle(parts)
        yield {
            "id": f"{number}{attack[:24]}" if number % 3 == 0 else f"hostile-{number}",
            "text": chance.choice((" ", "\n", "\n\n")).join(parts),
            "title": f"{attack} {number}",
            "published": chance.choice(("2024-05-08", None, attack[:10])),
            "publisher": chance.choice(("The Courier", attack, None)),
            "url": chance.choice(("javascript:alert(8)", f"https://news.example/{attack}", None)),
        }


def is_text(document: dict[str, Any]) -> bool:
    """Whether all fields are Unicode text; halves of surrogate pairs are not, and the coder refuses such a document with an error."""
    return not any(SURROGATE.search(value or "") for value in document.values())


class Shown(HTMLParser):
    """Reads a page as a browser would and notes what must not be in it."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self._open: list[str] = []
        self.feed(page)
        self.close()
        self.faults += [f"not closed: {tag}" for tag in self._open]
        self.faults += [f"unseen character {ord(found.group()):04x}" for found in UNSEEN.finditer(page)]

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if tag in NEVER:
            self.faults.append(f"<{tag}>")
        if tag not in VOID:
            self._open.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name in ("style", "srcdoc"):
                self.faults.append(f"{tag} {name}={value}")
            if name in ("href", "src", "action") and not SCHEMES.match(value or ""):
                self.faults.append(f"{tag} {name}={value}")

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}> out of place")


def fill(path: Path, count: int, *, seed: int = 7) -> int:
    """Code so many into a database; returns how many of them the coder could not code."""
    import tacitus
    from tacitus.store import open_store

    failed = 0
    with open_store(path) as store:
        run = store.start_run(program="hostile", sources=["made up"])
        records = tacitus.Coder().stream(documents(count, seed=seed))
        while batch := list(islice(records, 100)):
            failed += sum(record.error is not None for record in batch)
            store.add(batch, run=run)
        store.finish_run(run)
    return failed


def look(path: Path, *, reviewed: int = 1) -> tuple[int, list[str]]:
    """Ask for every page of the room over a database, and for the forms of review with one of so many documents: how many were read, and
    what was wrong."""
    from starlette.testclient import TestClient

    from tacitus.store import open_store
    from tacitus.web import RoomSettings, create_app

    with open_store(path, read_only=True) as store:
        records = list(store.records())
    ids = [record.id for record in records]
    asked = [("/", {}), ("/", {"until": "2024-05-08", "since": "2024-05-01"})]
    asked += [
        (f"/{name}", {"page": str(n)}) for name in ("documents", "actors", "events", "statements") for n in (1, 2, 3)
    ]
    asked += [
        ("/search", {"q": words, "in": kind})
        for words in ("alert", "shelled", "marks")
        for kind in ("texts", "claims", "events")
    ]
    asked += [("/document", {"id": id_}) for id_ in ids] + [("/document", {"id": id_, "event": "e1"}) for id_ in ids]
    some = records[::reviewed]
    asked += [("/review/add", {"document": record.id}) for record in some]
    asked += [("/review/add", {"document": record.id, "sentence": "0"}) for record in some if record.sentences]
    asked += [
        ("/review/event", {"document": record.id, "event": record.events[0].id}) for record in some if record.events
    ]
    faults = []
    with TestClient(create_app(RoomSettings(db=path)), base_url=HOST, follow_redirects=False) as client:
        for address, query in asked:
            answer = client.get(address, params=query)
            if answer.status_code != 200:
                faults.append(f"{address} {query}: status {answer.status_code}")
            faults += [f"{address} {query}: {fault}" for fault in Shown(answer.text).faults]
    return len(asked), faults


class Clock:
    """The time since it was made, of the wall and of the processor."""

    def __init__(self) -> None:
        self._begun, self._used = time.monotonic(), time.process_time()

    def __str__(self) -> str:
        return f"{time.monotonic() - self._begun:.0f} s, processor {time.process_time() - self._used:.0f} s"


def main() -> int:
    """Make, code, show; the figures go to standard output, faults too."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--reviewed", type=int, default=10)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hostile.duckdb"
        clock = Clock()
        failed = fill(path, chosen.documents, seed=chosen.seed)
        wrong = sum(not is_text(document) for document in documents(chosen.documents, seed=chosen.seed))
        print(f"{chosen.documents:,} documents, {failed} not coded, {wrong} of which are no Unicode text: {clock}")
        clock = Clock()
        pages, faults = look(path, reviewed=chosen.reviewed)
        print(f"{pages:,} pages shown, {len(faults)} faults: {clock}")
        print("\n".join(ascii(fault) for fault in faults[:40]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
