"""The rooms an event needs, without times and places: texts are read once and coded as often as a benchmark likes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tacitus.actors import Knowledge, find_actors
from tacitus.claims import ClaimLexicon, find_claims
from tacitus.events import EventLexicon, find_events
from tacitus.language import LanguageModel
from tacitus.language.document import Parse
from tacitus.pipeline.batches import batches
from tacitus.records import Actor, Article, Claim, Record

BATCH = 32


class Scene(NamedTuple):
    """A text with all that is known of it before its events are coded."""

    article: Article
    parse: Parse
    actors: tuple[Actor, ...]
    claims: tuple[Claim, ...]


class Rooms:
    def __init__(self) -> None:
        self._model = LanguageModel.load()
        self._knowledge, self._claims = Knowledge.load(), ClaimLexicon.load()
        self.lexicon = EventLexicon.load()

    def read(self, articles: Iterable[Article]) -> Iterator[Scene]:
        for batch in batches(articles, size=BATCH):
            for article, parse in zip(batch, self._model.parse([article.text for article in batch]), strict=True):
                actors = find_actors(article, parse, knowledge=self._knowledge)
                yield Scene(article, parse, actors, find_claims(article, parse, actors, lexicon=self._claims))


def code(scene: Scene, lexicon: EventLexicon) -> Record:
    """The scene's events by this lexicon."""
    article, parse, actors, claims = scene
    coding = find_events(article, parse, actors=actors, claims=claims, places=(), times=(), lexicon=lexicon)
    return Record(
        id=article.id,
        text=article.text,
        sentences=tuple(sentence.span for sentence in parse.sentences),
        actors=coding.actors,
        claims=claims,
        events=coding.events,
    )
