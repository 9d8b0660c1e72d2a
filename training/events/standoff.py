"""Events and names of real news sentences, stand-off (``standoff/README.md``), joined with the texts they stand off from.

Files of `tacitus review export` are read as well: of these only the sentences that are annotated completely.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from training.events.corpus import EVENT_WORDS, CorpusError, Event, Name, Reference, Sentence

FOLDER = Path(__file__).parent / "standoff"
Spans = Sequence[Sequence[int]]


def read_standoff(gold: Path, folder: Path = FOLDER) -> Iterator[Sentence]:
    """The annotated sentences with their texts; offsets count in the sentence. `gold` is the folder of the development sets.

    Raises CorpusError when a document is not there or a span does not lie in its sentence: the texts have changed since.
    """
    for path in sorted(folder.glob("*.jsonl")):
        rows = [row for row in _rows(path) if row.get("complete", "lost" not in row)]
        apart = [row for row in rows if "text" not in row]
        texts = {source: _texts(gold / source, apart) for source in {row["source"] for row in apart}}
        for row in rows:
            yield _sentence(row, row["text"] if "text" in row else _cut(row, texts[row["source"]]))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def _texts(path: Path, rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    wanted = {row["document"] for row in rows}
    return {row["id"]: row["text"] for row in _rows(path) if row["id"] in wanted}


def _cut(row: Mapping[str, Any], texts: Mapping[str, str]) -> str:
    """The sentence's words, out of its document."""
    if row["document"] not in texts:
        raise CorpusError(f"{row['document']}-{row['start']}: {row['source']} has no such document")
    return texts[row["document"]][row["start"] : row["end"]]


def _sentence(row: Mapping[str, Any], text: str) -> Sentence:
    identifier, start = f"{row['document']}-{row['start']}", row["start"]

    def place(spans: Spans) -> Reference:
        moved = tuple((first - start, last - start) for first, last in spans)
        if not all(0 <= first < last <= len(text) for first, last in moved):
            raise CorpusError(f"{identifier}: {list(spans)} is not in the sentence")
        return Reference(0, moved)

    names = tuple(Name(*place([(first, last)]).spans[0], kind) for first, last, kind in row["names"])
    events = tuple(_event(event, place) for event in row["events"])
    return Sentence(identifier, text, names, events, None, (), opens_paragraph=True)


def _event(row: Mapping[str, Any], place: Callable[[Spans], Reference]) -> Event:
    said_by = row.get("said_by")
    return Event(
        trigger=place(row["trigger"]),
        type=row["type"],
        mode=row.get("mode"),
        status=row.get("status", "actual"),
        actors=tuple(map(place, row.get("actors", ()))),
        recipients=tuple(map(place, row.get("recipients", ()))),
        said_by=place(said_by) if said_by and said_by != "?" else None,
        is_claimed=bool(said_by),
        contexts=tuple(row.get("contexts", ())),
        words={key: place(row[key]) for key in EVENT_WORDS if key in row},
        instruments=tuple(map(place, row.get("instruments", ()))),
        id=None,
        same=None,
    )
