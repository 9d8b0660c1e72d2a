"""One coding function for all tests of the event room: the shipped model, actors and lexicon, no claims, places or times."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tacitus.actors import Knowledge, find_actors
from tacitus.events import Coding, EventLexicon, find_events
from tacitus.language import LanguageModel
from tacitus.records import Article

Code = Callable[[str], Coding]


@pytest.fixture(scope="session")
def lexicon() -> EventLexicon:
    return EventLexicon.load()


@pytest.fixture(scope="session")
def code(model: LanguageModel, lexicon: EventLexicon) -> Code:
    return _coder(model, lexicon)


@pytest.fixture(scope="session")
def by_lexicon(model: LanguageModel, lexicon: EventLexicon) -> Code:
    """The same without the model's reading."""
    return _coder(model, replace(lexicon, model=None))


def _coder(model: LanguageModel, lexicon: EventLexicon) -> Code:
    knowledge = Knowledge.load()

    def coded(text: str) -> Coding:
        article = Article(id="test", text=text)
        (parse,) = model.parse([text])
        actors = find_actors(article, parse, knowledge=knowledge)
        return find_events(article, parse, actors=actors, claims=(), places=(), times=(), lexicon=lexicon)

    return coded
