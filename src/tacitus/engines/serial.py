"""One document after the other in this process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tacitus.pipeline import Coder
from tacitus.records import Article, Record
from tacitus.settings import Settings


def code_serially(articles: Iterable[Article], *, settings: Settings) -> Iterator[Record]:
    """Code the articles in order. The model is loaded when the first record is asked for."""
    yield from Coder(settings).stream(articles)
