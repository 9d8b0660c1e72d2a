"""The stages in order: an article in, a record out.

    article -> parse -> times, places, actors -> claims -> events -> record

Each stage is a room of its own; this is where they meet.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import tacitus
from tacitus.actors import Knowledge, find_actors
from tacitus.claims import ClaimLexicon, find_claims
from tacitus.events import EventLexicon, find_events
from tacitus.ingest import article_from_dict
from tacitus.language import LanguageModel
from tacitus.language.document import Parse
from tacitus.pipeline.batches import batches
from tacitus.pipeline.gazetteer import load_gazetteer
from tacitus.places import find_places
from tacitus.records import Actor, Article, Claim, Event, Failure, Record
from tacitus.resources import data_digest
from tacitus.settings import BELOW_CONFIDENCE, Settings
from tacitus.text import stable_hash
from tacitus.times import find_times

logger = logging.getLogger("tacitus")


@dataclass(frozen=True, kw_only=True)
class Trace:
    """A coded document with what the record does not hold: the parse, and the words that were considered and not coded."""

    record: Record
    parse: Parse
    rejected: Sequence[tuple[Any, str]]


class Language(Protocol):
    """What parses: our language model, or a stand-in such as `tacitus.language.spacy_bridge.SpacyLanguage`."""

    @property
    def version(self) -> str:
        """What the record's `model.language` says."""

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        """One parse a text, in order."""


class Coder:
    """Loads the model, the lexicons and the gazetteer once, and codes documents.

    A document that cannot be coded gives a record with `error`; nothing is raised for it and the others are coded.
    """

    def __init__(self, settings: Settings | None = None, *, language: Language | None = None) -> None:
        self.settings = settings or Settings()
        self._language: Language = language or LanguageModel.load(threads=self.settings.threads_each)
        self._knowledge = Knowledge.load(own=self.settings.actors)
        self._claim_lexicon = ClaimLexicon.load()
        self._event_lexicon = EventLexicon.load(own=self.settings.ontology)
        self._gazetteer = load_gazetteer(self.settings.gazetteer, own=self.settings.places)
        self.versions: Mapping[str, str] = {
            "program": tacitus.__version__,
            "language": self._language.version,
            "lexicon": data_digest("actors", "claims", "events", "ontology", "times"),
            "gazetteer": self._gazetteer.version,
            **({"actors": stable_hash(*map(_content, self.settings.actors))} if self.settings.actors else {}),
            **({"places": stable_hash(*map(_content, self.settings.places))} if self.settings.places else {}),
            **({"ontology": stable_hash(*map(_content, self.settings.ontology))} if self.settings.ontology else {}),
        }

    def code(
        self,
        text: str,
        *,
        id: str | None = None,
        published: str | None = None,
        title: str | None = None,
        url: str | None = None,
        publisher: str | None = None,
    ) -> Record:
        """Code one text as it stands. `published` is an ISO 8601 date; without it relative times stay unresolved."""
        article = Article(
            id=id or stable_hash(title, text), text=text, published=published, title=title, url=url, publisher=publisher
        )
        return self.code_articles([article])[0]

    def stream(self, documents: Iterable[Article | Mapping[str, Any]]) -> Iterator[Record]:
        """Code any iterable of articles or of JSON-Lines documents, in order, a batch at a time."""
        articles = (item if isinstance(item, Article) else article_from_dict(item) for item in documents)
        for batch in batches(articles, size=self.settings.batch):
            yield from self.code_articles(batch)

    def code_articles(self, articles: Sequence[Article]) -> list[Record]:
        """Code a batch; as many records as articles, in the same order."""
        readable = [article for article in articles if article.error is None and "not-english" not in article.flags]
        traces = {id(article): trace for article, trace in zip(readable, self._traces(readable), strict=True)}
        records = []
        for article in articles:
            trace = traces.get(id(article))
            if isinstance(trace, Trace):
                records.append(trace.record)
            else:
                records.append(self._uncoded(article, trace or article.error))
        return records

    def trace(self, article: Article) -> Trace:
        """Code one article and keep the parse and the rejected triggers. Raises whatever goes wrong."""
        (parse,) = self._language.parse([article.text])
        return self._trace(article, parse)

    def _traces(self, articles: Sequence[Article]) -> Iterator[Trace | Failure]:
        try:
            parses = self._language.parse([article.text for article in articles])
        except Exception:
            if len(articles) < 2:
                raise
            logger.exception("a batch of %d documents could not be parsed; trying them one by one", len(articles))
            parses = None
        for index, article in enumerate(articles):
            try:
                yield self._trace(article, parses[index]) if parses is not None else self.trace(article)
            except (
                Exception
            ) as err:  # one document's fault must not stop the run; it is reported in its record and in the log
                logger.exception("%s: could not be coded", article.id)
                yield Failure(kind="internal", message=f"{article.id}: {type(err).__name__}: {err}")

    def _trace(self, article: Article, parse: Parse) -> Trace:
        times = find_times(parse, anchor=anchor_date(article))
        places = find_places(article, parse, gazetteer=self._gazetteer)
        actors = find_actors(article, parse, knowledge=self._knowledge)
        claims = find_claims(article, parse, actors, lexicon=self._claim_lexicon)
        coding = find_events(
            article,
            parse,
            actors=actors,
            claims=claims,
            places=places,
            times=times,
            lexicon=self._event_lexicon,
        )
        events = self._confident(coding.events)
        record = Record(
            **self._page(article),
            sentences=tuple(sentence.span for sentence in parse.sentences),
            actors=coding.actors,
            events=events,
            claims=claims,
            places=places,
            times=times,
            flags=_flags(article, claims, coding.actors, left_out=len(coding.events) - len(events)),
        )
        return Trace(record=record, parse=parse, rejected=coding.rejected)

    def _confident(self, events: Sequence[Event]) -> tuple[Event, ...]:
        least = self.settings.min_confidence
        return tuple(event for event in events if event.confidence is None or event.confidence >= least)

    def _uncoded(self, article: Article, error: Failure | None) -> Record:
        """A record without facts: of a failure, or of a page in another language."""
        return Record(**self._page(article), flags=article.flags, error=error)

    def _page(self, article: Article) -> dict[str, Any]:
        return {
            "id": article.id,
            "url": article.url,
            "publisher": article.publisher,
            "byline": article.byline,
            "title": article.title,
            "published": article.published,
            "language": article.language,
            "text": article.text,
            "removed": article.removed,
            "model": self.versions,
        }


def _content(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def anchor_date(article: Article) -> date | None:
    """The day of publication, or None when the page does not tell it."""
    try:
        return date.fromisoformat((article.published or "")[:10])
    except ValueError:
        return None


def _flags(article: Article, claims: Sequence[Claim], actors: Sequence[Actor], *, left_out: int) -> tuple[str, ...]:
    """The page's flags and those that can be seen only now."""
    flags = list(article.flags)
    if anchor_date(article) is None:
        flags.append("undated")
    if article.byline is None:
        flags.append("no-byline")
    named = {actor.id for actor in actors if any(mention.kind == "name" for mention in actor.mentions)}
    if not any(claim.speaker in named for claim in claims):
        flags.append("no-named-source")
    if left_out:
        flags.append(f"{BELOW_CONFIDENCE}{left_out}")
    return tuple(dict.fromkeys(flags))
