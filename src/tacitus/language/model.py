"""The language model: texts to parses, in one pass of the encoder over windows of running text."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from tacitus.language.document import NamedEntity, Parse, Sentence, Token
from tacitus.language.splitter import Split, split_words

if TYPE_CHECKING:
    from tacitus.language.network import Analysis, Floats, Network, Word

WINDOW = 120  # words, as in training; a longer paragraph is read in several windows
LONGEST_SENTENCE = 240  # words; a longer one is cut, for no reader's tree is right over it and time stays linear
AT_ONCE = 256  # windows whose scores are held at one time: bounds memory

_BLANK_LINES = re.compile(r"(?:\r\n?|\n)(?:[^\S\r\n]*(?:\r\n?|\n))+")
_CLOSING = frozenset("”’)]}»")
_FINAL = frozenset(".!?:;…")
_SURE = 1.5  # log odds from which a sentence begins behind a word that is no stop: a headline over its text, not "The | army"
_MARKS = frozenset("\"'")
_EVEN = -4.0  # log odds that are enough between the stop of an ordinary word and a capital: the network has seen few sentences of two words


class _Found(NamedTuple):
    """A sentence as it was read."""

    places: list[Split]
    words: list[Word]
    names: list[tuple[int, int, str]]
    heads: dict[str, Floats]


@dataclass
class _Draft:
    """A document while it is read: its paragraphs' words, and what is known of each so far."""

    text: str
    paragraphs: list[list[Split]]
    found: list[list[_Found]] = field(default_factory=list)

    @classmethod
    def of(cls, text: str) -> _Draft:
        paragraphs = [words for start, end in _paragraphs(text) if (words := list(split_words(text, start, end)))]
        return cls(text, paragraphs, [[] for _ in paragraphs])


@dataclass(frozen=True, slots=True)
class _Task:
    """A window still to be read: `size` words from `start` in one paragraph of a draft."""

    draft: _Draft
    paragraph: int
    start: int
    size: int

    @property
    def words(self) -> list[Split]:
        return self.draft.paragraphs[self.paragraph][self.start : self.start + self.size]

    @property
    def is_last(self) -> bool:
        return self.start + self.size >= len(self.draft.paragraphs[self.paragraph])


class LanguageModel:
    """Sentences, words, lemmas, features, dependencies and names of English text.

    Load once, use for many texts; the same texts always give the same parses. Not for several threads at once.
    """

    def __init__(self, network: Network) -> None:
        self._network = network

    @classmethod
    def load(cls, *, threads: int | None = None) -> LanguageModel:
        """The model that comes with the package. `threads`: how many cores one call may use (all, if None).

        Raises DataError when the model's files are missing or damaged.
        """
        from tacitus.language.network import Network

        return cls(Network.load(threads=threads))

    @property
    def version(self) -> str:
        """Changes with the weights."""
        return self._network.version

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        """The parses of the texts, in order. Any string is accepted; one without words gives a parse without sentences."""
        drafts = [_Draft.of(text) for text in texts]
        tasks = deque(_Task(draft, number, 0, WINDOW) for draft in drafts for number in range(len(draft.paragraphs)))
        while tasks:
            group = [tasks.popleft() for _ in range(min(AT_ONCE, len(tasks)))]
            rest = [
                task
                for task, analysis in zip(group, self._analyse(group), strict=True)
                for task in _read(task, analysis)
            ]
            tasks.extendleft(reversed(rest))
        return [_finish(draft) for draft in drafts]

    def parse_words(self, sentences: Sequence[Sequence[tuple[str, bool]]]) -> list[Parse]:
        """For scoring: one parse per sentence of given (word, glued to the one before); words and limits stay as given.

        Raises ValueError for a sentence of more than 500 words.
        """
        from tacitus.language.network import Window

        windows = [Window([form for form, _ in words], [glued for _, glued in words]) for words in sentences]
        parses = []
        for window, analysis in zip(windows, self._network.analyse(windows), strict=True):
            text, places = _joined(window.forms, window.glued)
            size = len(places)
            found = _Found(places, analysis.words(0, size), analysis.names([0]), analysis.heads(0, size))
            draft = _Draft(text, [places], [[found]])
            parses.append(_finish(draft))
        return parses

    def _analyse(self, tasks: Sequence[_Task]) -> list[Analysis]:
        from tacitus.language.network import Window

        windows = []
        for task in tasks:
            words = task.words
            windows.append(
                Window([task.draft.text[word.start : word.end] for word in words], [word.glued for word in words])
            )
        return self._network.analyse(windows)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in _BLANK_LINES.finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def _read(task: _Task, analysis: Analysis) -> list[_Task]:
    """Note the window's complete sentences in the draft; the task for what is left of the paragraph, if any."""
    words = task.words
    starts = _sentence_starts(task.draft.text, words, analysis.starts)
    if not task.is_last:
        if len(starts) == 1 and task.size < LONGEST_SENTENCE:
            return [_Task(task.draft, task.paragraph, task.start, LONGEST_SENTENCE)]
        if len(starts) == 1:
            starts.append(_best_cut(analysis.starts))
        *starts, left = starts
    else:
        left = len(words)
    names = analysis.names(starts)
    for start, end in zip(starts, [*starts[1:], left], strict=True):
        inside = [
            (first - start, past - start, label) for first, past, label in names if start <= first and past <= end
        ]
        found = _Found(words[start:end], analysis.words(start, end), inside, analysis.heads(start, end))
        task.draft.found[task.paragraph].append(found)
    return [] if task.is_last else [_Task(task.draft, task.paragraph, task.start + left, WINDOW)]


def _sentence_starts(text: str, words: Sequence[Split], odds: Sequence[float]) -> list[int]:
    """Numbers of the words that begin a sentence: the first does, a closing mark or bracket never, nor a word behind a comma."""
    starts = [0]
    pending = False  # a start moved behind the closing marks that it fell on
    for index in range(1, len(words)):
        pending = pending or odds[index] > _cut(text, words, index)
        if pending and not _closes(text, words[index]):
            if not _follows_comma(text, words, index):
                starts.append(index)
            pending = False
    return starts


def _cut(text: str, words: Sequence[Split], index: int) -> float:
    """The log odds above which a sentence begins with the word."""
    if not _ends_with_stop(text, words[index - 1]):
        return _SURE
    return _EVEN if _stops_a_word(text, words[:index][-2:]) and text[words[index].start].isupper() else 0.0


def _stops_a_word(text: str, last: Sequence[Split]) -> bool:
    """Whether the two words are one in small letters, of more than one, and a stop of its own: no abbreviation, no number, no bracket."""
    word, stop = (text[place.start : place.end] for place in last) if len(last) == 2 else ("", "")
    return stop in (".", "!", "?") and last[1].glued and len(word) > 1 and word.isalpha() and word.islower()


def _ends_with_stop(text: str, word: Split) -> bool:
    """Whether a stop, or a mark that may stand behind one, is the end of the word."""
    last = text[word.end - 1]
    return last in _FINAL or last in _CLOSING or last in _MARKS


def _follows_comma(text: str, words: Sequence[Split], index: int) -> bool:
    """Whether a comma stands before the word, closing marks between them left aside: “We will not,” she said."""
    before = index - 1
    while before > 0 and _closes(text, words[before]):
        before -= 1
    return text[words[before].start : words[before].end] == ","


def _closes(text: str, word: Split) -> bool:
    return word.end - word.start == 1 and word.glued and (text[word.start] in _CLOSING or text[word.start] in _MARKS)


def _best_cut(odds: Sequence[float]) -> int:
    """Where to cut a sentence that will not end: the likeliest place in the second half of the window."""
    half = len(odds) // 2
    return max(range(half, len(odds)), key=odds.__getitem__)


def _joined(forms: Sequence[str], glued: Sequence[bool]) -> tuple[str, list[Split]]:
    text, places = "", []
    for form, joins in zip(forms, glued, strict=True):
        if text and not joins:
            text += " "
        places.append(Split(len(text), len(text) + len(form), joins))
        text += form
    return text, places


def _finish(draft: _Draft) -> Parse:
    sentences: list[Sentence] = []
    entities: list[NamedEntity] = []
    for paragraph in draft.found:
        for places, words, names, heads in paragraph:
            number = len(sentences)
            tokens = [
                _token(draft.text, index, place, word)
                for index, (place, word) in enumerate(zip(places, words, strict=True))
            ]
            sentences.append(Sentence(number, tokens[0].start, tokens[-1].end, tokens, heads))
            entities.extend(_entity(tokens, number, *name) for name in names)
    return Parse(draft.text, sentences, _agreed(draft.text, entities))


def _agreed(text: str, entities: Sequence[NamedEntity]) -> list[NamedEntity]:
    """A family name alone is the person's whose whole name stands on the page, whatever it looks like itself; marks are no names."""
    entities = [name for name in entities if any(map(str.isalnum, text[name.start : name.end]))]
    people = [text[name.start : name.end].split() for name in entities if name.label == "person"]
    families = {words[-1] for words in people if len(words) > 1}
    return [
        replace(name, label="person") if name.label != "person" and text[name.start : name.end] in families else name
        for name in entities
    ]


def _token(text: str, index: int, place: Split, word: Word) -> Token:
    return Token(
        index,
        place.start,
        place.end,
        text[place.start : place.end],
        word.lemma,
        word.upos,
        word.head,
        word.deprel,
        word.feats,
    )


def _entity(tokens: Sequence[Token], sentence: int, first: int, past: int, label: str) -> NamedEntity:
    """The name without an article before it and a possessive behind it."""
    if past - first > 1 and tokens[first].text == "the":
        first += 1
    if past - first > 1 and tokens[past - 1].upos in {"PART", "PUNCT"} and tokens[past - 1].text not in {")", "!"}:
        past -= 1
    return NamedEntity(tokens[first].start, tokens[past - 1].end, label, sentence)
