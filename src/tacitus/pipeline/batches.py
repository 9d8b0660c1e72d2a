"""Grouping documents so that they share one pass of the encoder, with bounded memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tacitus.records import Article

MAX_CHARACTERS = 200_000  # a batch of long documents is cut here: about 30,000 words are parsed at once, some 200 MB


def batches(articles: Iterable[Article], *, size: int) -> Iterator[list[Article]]:
    """Groups of at most `size` documents and about `MAX_CHARACTERS` of text, in order; reads no further ahead than one group."""
    batch: list[Article] = []
    characters = 0
    for article in articles:
        batch.append(article)
        characters += len(article.text)
        if len(batch) >= size or characters >= MAX_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch
