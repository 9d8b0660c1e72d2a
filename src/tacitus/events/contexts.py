"""PLOVER contexts of an event, from the words around it: its clause first, then its sentence, then the page's title.

Precise rather than greedy: at most `MOST` contexts. Weak words count in the event's own clause only; the title speaks only where the
sentence says nothing. The longest phrase takes its words, so that a word inside a phrase of another sense does not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from tacitus.errors import DataError
from tacitus.events.forms import lemma_candidates
from tacitus.language.document import Parse, Sentence, Token
from tacitus.ontology import Ontology
from tacitus.records import Article, Span
from tacitus.resources import data_path, load_toml

MOST = 3  # contexts of one event; more would say little
NONE = "none"
OTHER_CLAUSES = ("acl:relcl", "parataxis", "advcl", "ccomp")
WORD = re.compile(r"[^\W_]+(?:[-'’+][^\W_]+)*|[-]")


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextFinding:
    """A context, the line that tells why, and its words. For a word of the title the span is that of the event's trigger."""

    context: str
    because: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Entry:
    """A phrase of a word list: its lemmas, the part of speech asked of the last, the context, and whether it is strong.

    `pieces` are the lemmas taken apart at their hyphens.
    """

    lemmas: tuple[str, ...]
    upos: str | None
    context: str
    strong: bool
    pieces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Hit:
    entry: _Entry
    start: int
    end: int


@dataclass(frozen=True)
class ContextLexicon:
    """All context phrases by their first lemma, longest first."""

    entries: Mapping[str, tuple[_Entry, ...]] = field(repr=False)

    @classmethod
    def load(
        cls, ontology: Ontology, *, own: Sequence[Mapping[str, Mapping[str, Sequence[str]]]] = ()
    ) -> ContextLexicon:
        """Read `contexts.toml` and check it against the ontology; add the word lists of the user's ontologies.

        Raises DataError for an unknown context, a context without words, or a list that is none.
        """
        path = data_path("events", "aspects", "contexts.toml")
        plain = load_toml(path)
        if wrong := set(plain) ^ {*ontology.contexts, NONE}:
            raise DataError(f"{path}: {sorted(wrong)[0]!r} is no context of PLOVER, or is missing")
        entries: dict[str, list[_Entry]] = {}
        for context, lists in plain.items():
            if not lists.get("strong") or set(lists) - {"strong", "weak"}:
                raise DataError(f"{path}: {context} needs a list `strong` and may have a list `weak`, nothing else")
        for added in (plain, *own):
            for context, lists in added.items():
                for entry in _entries(lists, context):
                    for key in {entry.lemmas[0], entry.pieces[0]}:
                        entries.setdefault(key, []).append(entry)
        return cls(
            {first: tuple(sorted(group, key=lambda entry: -len(entry.lemmas))) for first, group in entries.items()}
        )


def _entries(lists: Mapping[str, Sequence[str]], context: str) -> Iterator[_Entry]:
    for name, phrases in lists.items():
        for phrase in phrases:
            words, _, upos = phrase.partition(":")
            lemmas = tuple(words.lower().split())
            pieces = tuple(piece for lemma in lemmas for piece in lemma.split("-") if piece)
            yield _Entry(lemmas, upos or None, context, name == "strong", pieces)


class ContextFinder:
    """Finds the contexts of the events of one article; each sentence and the title are searched once."""

    def __init__(self, article: Article, parse: Parse, lexicon: ContextLexicon) -> None:
        self._article, self._parse, self._lexicon = article, parse, lexicon
        self._found: dict[int, list[_Hit]] = {}

    def find(self, sentence: Sentence, trigger: Token) -> tuple[ContextFinding, ...]:
        """The contexts of the event at `trigger`, sorted by name, distinct, at most `MOST`."""
        hits = self._hits(sentence)
        findings: dict[str, ContextFinding] = {}
        for hit in _by_distance(hits, sentence, trigger) if hits else ():
            if len(findings) < MOST and hit.entry.context not in findings:
                findings[hit.entry.context] = _finding(self._parse, sentence, hit)
        if not findings and self._title is not None:
            context, words = self._title
            because = f"context {context}: '{words}' in the title"
            return (ContextFinding(context=context, because=because, span=trigger.span),)
        return tuple(findings[context] for context in sorted(findings))

    def _hits(self, sentence: Sentence) -> list[_Hit]:
        found = self._found.get(sentence.index)
        if found is None:
            tags = [token.upos for token in sentence.tokens]
            found = self._found[sentence.index] = list(_hits(_forms(sentence.tokens), tags, self._lexicon))
        return found

    @cached_property
    def _title(self) -> tuple[str, str] | None:
        """The first context that a strong word of the title gives, and its words. The title is not in the text: it has no span there."""
        words = WORD.findall(self._article.title or "")
        forms = [lemma_candidates(word, word) for word in words]
        for hit in _hits(forms, [None] * len(words), self._lexicon):
            if hit.entry.strong and hit.entry.upos is None:
                return hit.entry.context, " ".join(words[hit.start : hit.end])
        return None


def _by_distance(hits: Sequence[_Hit], sentence: Sentence, trigger: Token) -> list[_Hit]:
    """The hits in the trigger's clause, strong ones first, then the strong ones of the sentence; the nearest first."""
    clause = _clause(sentence, trigger)
    inside = [hit for hit in hits if not clause.isdisjoint(range(hit.start, hit.end))]
    near = sorted(inside, key=lambda hit: (not hit.entry.strong, _gap(hit, trigger)))
    far = sorted((hit for hit in hits if hit not in inside and hit.entry.strong), key=lambda hit: _gap(hit, trigger))
    return near + far


def _finding(parse: Parse, sentence: Sentence, hit: _Hit) -> ContextFinding:
    span = Span(sentence.tokens[hit.start].start, sentence.tokens[hit.end - 1].end)
    because = f"context {hit.entry.context}: '{span.of(parse.text)}'"
    return ContextFinding(context=hit.entry.context, because=because, span=span)


def _clause(sentence: Sentence, trigger: Token) -> set[int]:
    """The tokens of the trigger's clause: the subtree of the predicate it belongs to, less the clauses inside that it is not in."""
    top = trigger
    for token in sentence.ancestors(trigger):
        if top.upos in ("VERB", "AUX") and top.relation not in ("xcomp", "conj"):
            break
        top = token
    own = {token.index for token in sentence.subtree(top, without=OTHER_CLAUSES)}
    return own | {token.index for token in sentence.subtree(trigger, without=OTHER_CLAUSES)}


def _gap(hit: _Hit, trigger: Token) -> int:
    """Words between a hit and the trigger."""
    return max(hit.start - trigger.index, trigger.index - hit.end + 1, 0)


def _forms(tokens: Sequence[Token]) -> list[tuple[str, ...]]:
    return [lemma_candidates(token.text, token.lemma) for token in tokens]


def _hits(forms: Sequence[tuple[str, ...]], upos: Sequence[str | None], lexicon: ContextLexicon) -> Iterator[_Hit]:
    """All phrases, from left to right; the longest takes its words, and all contexts that list it get a hit."""
    at, known = 0, lexicon.entries
    while at < len(forms):
        listed = [entry for form in forms[at] if form in known for entry in known[form]]
        matches = [hit for entry in listed if (hit := _match(entry, forms, upos, at)) is not None]
        if not matches:
            at += 1
            continue
        longest = max(hit.end for hit in matches)
        yield from (hit for hit in matches if hit.end == longest and hit.entry.context != NONE)
        at = longest


def _match(entry: _Entry, forms: Sequence[tuple[str, ...]], upos: Sequence[str | None], at: int) -> _Hit | None:
    """The entry at this place; hyphens between its words, written or not, do not matter."""
    index = at
    for part in entry.pieces:
        if index > at and index < len(forms) and forms[index][0] == "-":
            index += 1
        if index >= len(forms) or part not in forms[index]:
            return _whole(entry, forms, upos, at)
        index += 1
    tagged = entry.upos is None or upos[index - 1] in (entry.upos, None)
    return _Hit(entry, at, index) if tagged else None


def _whole(entry: _Entry, forms: Sequence[tuple[str, ...]], upos: Sequence[str | None], at: int) -> _Hit | None:
    """A hyphenated entry that the text has as one token."""
    single = len(entry.lemmas) == 1 and "-" in entry.lemmas[0] and entry.lemmas[0] in forms[at]
    return _Hit(entry, at, at + 1) if single else None
