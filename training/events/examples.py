"""The annotated sentences as training documents: spans become head words, by the shipped model's own trees."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tacitus.language import LanguageModel
from tacitus.language.document import Parse, Token
from training.events.corpus import FOLDER, Event, Reference, Sentence, read_articles, read_sentences
from training.events.standoff import read_standoff
from training.language.annotations import SCHEME
from training.language.treebank import Document, EventLabels, Word, is_held_out
from training.language.treebank import Sentence as Labelled

AT_ONCE = 200  # texts parsed together
TOGETHER = 3
HELD_OUT = 10


def corpus_documents(model: LanguageModel, folder: Path = FOLDER, *, kept: bool = False) -> Iterator[Document]:
    """The corpus with its plain sentences; every article is a document. One entry in `HELD_OUT` is left out (`kept`: only those)."""
    articles = [list(article.sentences) for article in read_articles(folder) if is_kept(article.id) == kept]
    single = [*read_sentences(folder), *read_sentences(folder, kind="plain")]
    return _documents(model, articles, [one for one in single if is_kept(one.id) == kept], name="corpus")


def standoff_documents(model: LanguageModel, gold: Path, *, kept: bool = False) -> Iterator[Document]:
    """The annotated sentences of real news; `gold` is the folder of the development sets. One in `HELD_OUT` is left out."""
    return _documents(model, [], [one for one in read_standoff(gold) if is_kept(one.id) == kept], name="standoff")


def _documents(
    model: LanguageModel, articles: Sequence[Sequence[Sentence]], sentences: Iterable[Sentence], *, name: str
) -> Iterator[Document]:
    """Single sentences come `TOGETHER`, so that a window holds several as those of real pages do."""
    numbered = {sentence.id: [s.id for s in group] for group in articles for sentence in group}
    single = sorted(sentences, key=lambda sentence: hashlib.sha256(sentence.id.encode()).digest())
    groups = [*articles, *(single[start : start + TOGETHER] for start in range(0, len(single), TOGETHER))]
    flat = [sentence for group in groups for sentence in group]
    parsed = {sentence.id: words for sentence, words in zip(flat, _parsed(model, [s.text for s in flat]), strict=True)}
    for group in groups:
        # A reference counts the sentences of its own article; sentence entries that share a document are strangers.
        labelled = [_labelled(sentence, numbered.get(sentence.id, [sentence.id]), parsed) for sentence in group]
        yield Document(f"{name}-{group[0].id}", labelled)


def is_kept(identifier: str) -> bool:
    """Whether an entry is kept from training, by a stable hash of its id."""
    return is_held_out(identifier, parts=HELD_OUT)


class _Words:
    """The words of a text with their tree."""

    def __init__(self, parse: Parse) -> None:
        self.tokens: list[Token] = []
        self._heads: list[int] = []
        for sentence in parse.sentences:
            offset = len(self.tokens)
            self._heads += [token.head + offset if token.head >= 0 else -1 for token in sentence.tokens]
            self.tokens += sentence.tokens
        ends = [-1, *(token.end for token in self.tokens)]
        self.words = tuple(Word(t.text, t.start == ends[i]) for i, t in enumerate(self.tokens))

    def head(self, spans: Sequence[tuple[int, int]]) -> int | None:
        """The word of the spans that the others hang on; None when no word is in them."""
        inside = self.within(spans)
        for index in inside:
            if self._heads[index] not in inside and not (self.tokens[index].upos == "PUNCT" and len(inside) > 1):
                return index
        return inside[0] if inside else None

    def within(self, spans: Sequence[tuple[int, int]]) -> list[int]:
        return [i for i, t in enumerate(self.tokens) if any(t.start < end and t.end > start for start, end in spans)]


def _parsed(model: LanguageModel, texts: Sequence[str]) -> Iterator[_Words]:
    for start in range(0, len(texts), AT_ONCE):
        yield from map(_Words, model.parse(texts[start : start + AT_ONCE]))


def _labelled(sentence: Sentence, ids: Sequence[str], parsed: dict[str, _Words]) -> Labelled:
    own = parsed[sentence.id]
    words = list(own.words)
    for name in sentence.names:
        for place, index in enumerate(own.within([(name.start, name.end)])):
            words[index] = Word(words[index].form, words[index].glued, name=f"{'I' if place else 'B'}-{name.kind}")
    events = tuple(label for event in sentence.events if (label := _event(event, sentence, ids, parsed)))
    return Labelled(
        sentence.id, tuple(words), opens_paragraph=sentence.opens_paragraph, trees=False, names=SCHEME, events=events
    )


def _event(event: Event, sentence: Sentence, ids: Sequence[str], parsed: dict[str, _Words]) -> EventLabels | None:
    trigger = parsed[sentence.id].head(event.trigger.spans)
    if trigger is None:
        return None

    def parties(references: Sequence[Reference]) -> tuple[tuple[str, int], ...]:
        found = []
        for reference in references:
            where = ids[reference.sentence]
            head = parsed[where].head(reference.spans)
            if head is not None:
                found.append((where, head))
        return tuple(found)

    actors, recipients = parties(event.actors), parties(event.recipients)
    return EventLabels(trigger, event.type, event.status, event.is_claimed, actors, recipients)
