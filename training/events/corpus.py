"""The annotated corpus as objects: surfaces resolved to offsets. ``GUIDE.md`` is the description of the files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

from tacitus.ontology import STATUSES

FOLDER = Path(__file__).parent / "corpus"
NAME_KINDS = ("person", "place", "organization", "group", "facility", "demonym")
NEGATIVES = ("sport", "business", "weather", "culture", "metaphor", "sense", "state", "statement")
_BUILT = (
    "active passive agentless nominal relative coordinated control headline reciprocal possessive light-verb particle negation "
    "question quote reported background conditional apposition pronoun list dateline"
)
BUILT = tuple(_BUILT.split())


class CorpusError(ValueError):
    """An entry that does not follow the guide; the message names it."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Words of the corpus: half-open code points of the text of sentence `sentence` (0 but in articles); gaps make several spans."""

    sentence: int
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Name:
    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Event:
    trigger: Reference
    type: str
    mode: str | None
    status: str
    actors: tuple[Reference, ...]
    recipients: tuple[Reference, ...]
    said_by: Reference | None
    is_claimed: bool
    contexts: tuple[str, ...]
    words: dict[str, Reference]  # dead, injured, size, place, time
    instruments: tuple[Reference, ...]
    id: str | None
    same: str | None
    cameo: str | None = None


@dataclass(frozen=True)
class Sentence:
    """One entry of a sentences file, or one sentence of an article."""

    id: str
    text: str
    names: tuple[Name, ...]
    events: tuple[Event, ...]
    negative: str | None
    built: tuple[str, ...]
    opens_paragraph: bool

    @cached_property
    def masked(self) -> str:
        """The text with every name as one underscore."""
        parts, last = [], 0
        for name in sorted(self.names, key=lambda name: name.start):
            if name.start >= last:
                parts += [self.text[last : name.start], "_"]
                last = name.end
        return "".join([*parts, self.text[last:]])


@dataclass(frozen=True)
class Article:
    id: str
    title: str
    published: str
    sentences: tuple[Sentence, ...]


_SENTENCE_KEYS = {"id", "text", "names", "events", "negative", "built", "paragraph"}
EVENT_WORDS = ("dead", "injured", "size", "place", "time")
_EVENT_KEYS = {
    "trigger",
    "type",
    "mode",
    "status",
    "actors",
    "recipients",
    "said_by",
    "contexts",
    "instruments",
    "id",
    "same",
    "cameo",
}
_EVENT_KEYS.update(EVENT_WORDS)
_ARTICLE_KEYS = {"id", "title", "published", "publisher", "sentences"}


def read_sentences(folder: Path = FOLDER, *, kind: str = "sentences") -> Iterator[Sentence]:
    """All entries of the files `kind`*.jsonl (sentences, plain, unseen, unseen-plain, unseen-status). Raises CorpusError."""
    for path, row in _rows(folder, kind):
        yield _sentence(row, [row.get("text", "")], 0, where=f"{path.name} {row.get('id')}")


def read_articles(folder: Path = FOLDER) -> Iterator[Article]:
    """All articles. Raises CorpusError."""
    for path, row in _rows(folder, "articles"):
        where = f"{path.name} {row.get('id')}"
        _check_keys(row, known=_ARTICLE_KEYS, needed=_ARTICLE_KEYS - {"publisher"}, where=where)
        texts = [sentence.get("text", "") for sentence in row["sentences"]]
        sentences = tuple(
            _sentence(sentence | {"id": f"{row['id']}.{number}"}, texts, number, where=f"{where} sentence {number}")
            for number, sentence in enumerate(row["sentences"])
        )
        yield Article(row["id"], row["title"], row["published"], sentences)


def _rows(folder: Path, kind: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in sorted(folder.glob(f"{kind}*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                row = json.loads(line)
            except ValueError as err:
                raise CorpusError(f"{path.name}:{number}: not valid JSON: {err}") from err
            if not isinstance(row, dict):
                raise CorpusError(f"{path.name}:{number}: not an object")
            yield path, row


def _sentence(row: dict[str, Any], texts: Sequence[str], number: int, *, where: str) -> Sentence:
    _check_keys(row, known=_SENTENCE_KEYS, needed={"id", "text"}, where=where)
    text = texts[number]
    events = tuple(
        _event(event, texts, number, where=f"{where} {event.get('trigger')!r}") for event in row.get("events", ())
    )
    built, negative = tuple(row.get("built", ())), row.get("negative")
    for value, known in ((negative, NEGATIVES), *((name, BUILT) for name in built)):
        if value is not None and value not in known:
            raise CorpusError(f"{where}: {value!r} is none of {', '.join(known)}")
    if negative and events:
        raise CorpusError(f"{where}: a negative has no events")
    names = tuple(_names(row.get("names", ()), text, where=where))
    return Sentence(row["id"], text, names, events, negative, built, bool(row.get("paragraph")))


def _names(rows: Sequence[Sequence[str]], text: str, *, where: str) -> Iterator[Name]:
    for surface, kind in rows:
        if kind not in NAME_KINDS:
            raise CorpusError(f"{where}: {kind!r} is none of {', '.join(NAME_KINDS)}")
        places = _place(surface, text, where=where)
        if len(places) > 1:
            raise CorpusError(f"{where}: the name {surface!r} has a gap")
        yield Name(*places[0], kind)


def _event(row: dict[str, Any], texts: Sequence[str], number: int, *, where: str) -> Event:
    _check_keys(row, known=_EVENT_KEYS, needed={"trigger", "type"}, where=where)
    status = row.get("status", "actual")
    if status not in STATUSES:
        raise CorpusError(f"{where}: {status!r} is none of {', '.join(STATUSES)}")

    def find(surface: str) -> Reference:
        return _reference(surface, texts, number, where=where)

    said_by = row.get("said_by")
    return Event(
        trigger=find(row["trigger"]),
        type=row["type"],
        mode=row.get("mode"),
        status=status,
        actors=tuple(map(find, row.get("actors", ()))),
        recipients=tuple(map(find, row.get("recipients", ()))),
        said_by=find(said_by) if said_by and said_by != "?" else None,
        is_claimed=bool(said_by),
        contexts=tuple(row.get("contexts", ())),
        words={key: find(row[key]) for key in EVENT_WORDS if key in row},
        instruments=tuple(map(find, row.get("instruments", ()))),
        id=row.get("id"),
        same=row.get("same"),
        cameo=row.get("cameo"),
    )


def _check_keys(row: dict[str, Any], *, known: set[str], needed: set[str], where: str) -> None:
    for what, keys in (("unknown key", set(row) - known), ("no key", needed - set(row))):
        if keys:
            raise CorpusError(f"{where}: {what} {', '.join(sorted(keys))}")


def _reference(surface: str, texts: Sequence[str], number: int, *, where: str) -> Reference:
    match = re.match(r"@(\d+):", surface)
    if match:
        number, surface = int(match[1]), surface[match.end() :]
        if number >= len(texts):
            raise CorpusError(f"{where}: there is no sentence {number}")
    return Reference(number, _place(surface, texts[number], where=where))


def _place(surface: str, text: str, *, where: str) -> tuple[tuple[int, int], ...]:
    """The spans of a surface in the text: `#2` is its second occurrence, ` … ` a gap."""
    match = re.fullmatch(r"(.+)#([1-9]\d*)", surface)
    wanted, nth = (match[1], int(match[2])) if match else (surface, 1)
    parts = wanted.split(" … ")
    if any(not part or part != part.strip() for part in parts):
        raise CorpusError(f"{where}: {surface!r} does not begin and end with a word")
    spans: list[tuple[int, int]] = []
    for number, part in enumerate(parts):
        found = _whole(part, text, spans[-1][1] if spans else 0)
        span = next(islice(found, 0 if number else nth - 1, None), None)
        if span is None:
            raise CorpusError(f"{where}: {surface!r} is not in the text")
        spans.append(span)
    return tuple(spans)


def _whole(words: str, text: str, start: int) -> Iterator[tuple[int, int]]:
    """Where `words` stand from `start` on without a part of a longer word; such places may overlap."""
    while (start := text.find(words, start)) >= 0:
        if _is_whole(text, start, start + len(words)):
            yield start, start + len(words)
        start += 1


def _is_whole(text: str, start: int, end: int) -> bool:
    before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    after = end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
    return not before and not after
