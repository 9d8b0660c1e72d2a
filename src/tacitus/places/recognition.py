"""Find the toponyms of a text: what the tagger calls a place, and names of the gazetteer that it called something else or missed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from tacitus.errors import DataError
from tacitus.language.document import NamedEntity, Parse, Sentence, Token
from tacitus.places.gazetteer import Entry, Gazetteer
from tacitus.places.names import name_key
from tacitus.resources import data_path, load_toml

LONGEST = 5  # words of a name looked up in the gazetteer
LARGE = 100_000  # inhabitants from which a name counts even though neither the tagger nor its context calls it a place
KNOWN = 15_000  # inhabitants from which a name inside that of an organization is taken for the place: "Kisumu Police Department"
PLAIN = ("PROPN", "NOUN", "X")
PLAIN_NAME = ("PROPN", "X")


@dataclass(frozen=True, slots=True)
class Toponym:
    """A name in the text that may be a place. `key` joins the mentions of one name; `sure`: the tagger or the context says so."""

    start: int
    end: int
    name: str
    key: str
    candidates: tuple[Entry, ...]
    sure: bool = True


@dataclass(frozen=True)
class PlaceWords:
    """The lists of `words.toml`."""

    locative: frozenset[str]
    directions: frozenset[str]
    generic: frozenset[str]
    features: frozenset[str]
    media: frozenset[str]
    not_a_place: frozenset[str]


@cache
def load_place_words() -> PlaceWords:
    """The words around place names.

    Raises DataError when the file lacks a list.
    """
    path = data_path("places", "words.toml")
    raw = load_toml(path)
    try:
        return PlaceWords(**{name: frozenset(raw[name]) for name in PlaceWords.__dataclass_fields__})
    except (KeyError, TypeError) as err:
        raise DataError(f"{path}: missing list: {err}") from err


def find_toponyms(parse: Parse, *, gazetteer: Gazetteer) -> list[Toponym]:
    """The toponyms of a text in order, without overlap."""
    words = load_place_words()
    entities: dict[int, list[NamedEntity]] = {}
    for entity in parse.entities:
        entities.setdefault(entity.sentence, []).append(entity)
    placed = {name_key(entity.span.of(parse.text)) for entity in parse.entities if entity.label == "place"}
    found: list[Toponym] = []
    for sentence in parse.sentences:
        scene = _Scene(parse.text, sentence, entities.get(sentence.index, []), gazetteer, words, placed)
        found.extend(scene.toponyms())
    return found


@dataclass
class _Scene:
    """One sentence with its names."""

    text: str
    sentence: Sentence
    entities: Sequence[NamedEntity]
    gazetteer: Gazetteer
    words: PlaceWords
    placed: set[str]

    def toponyms(self) -> list[Toponym]:
        taken: list[Toponym] = []
        for entity in self.entities:
            taken.extend(self._of_entity(entity))
        covered = [(entity.start, entity.end) for entity in self.entities] + [(name.start, name.end) for name in taken]
        taken.extend(self._missed(covered))
        return sorted(taken, key=lambda name: name.start)

    def _of_entity(self, entity: NamedEntity) -> Iterator[Toponym]:
        tokens = self.sentence.tokens_in(entity.span)
        while tokens and (tokens[0].text.lower() == "the" or not tokens[0].text[0].isalnum()):
            tokens = tokens[1:]
        tokens = self._glued(tokens)
        while tokens and tokens[-1].text in ("'s", "’s", "'", "’", ","):
            tokens = tokens[:-1]
        if not tokens:
            return
        if entity.label == "place":
            yield from self._tagged(tokens)
        elif entity.label in ("person", "group"):
            yield from self._mistagged(tokens)
        else:
            whole = list(self._mistagged(tokens))
            yield from whole or self._inside(tokens)

    def _glued(self, tokens: list[Token]) -> list[Token]:
        """With what stands before without a space, where the gazetteer knows the whole: "W." and "Va."."""
        while tokens and tokens[0].index > 0:
            before = self.sentence.tokens[tokens[0].index - 1]
            longer = [before, *tokens]
            if (
                before.end != tokens[0].start
                or not before.text[0].isupper()
                or not self.gazetteer.candidates(self._name(longer))
            ):
                break
            tokens = longer
        return tokens

    def _tagged(self, tokens: list[Token]) -> Iterator[Toponym]:
        """A name that the tagger calls a place; split at commas; adjectives left out."""
        comma = next((number for number, token in enumerate(tokens) if token.text == ","), None)
        if comma is not None and not self.gazetteer.candidates(self._name(tokens)):
            yield from self._tagged(tokens[:comma])
            yield from self._tagged(tokens[comma + 1 :])
            return
        if not tokens or (len(tokens) == 1 and tokens[0].upos == "ADJ"):
            return
        name = self._name(tokens)
        if name.lower() in self.words.not_a_place or not any(letter.isupper() for letter in name):
            return
        candidates = self.gazetteer.candidates(name) or self._without_generic(tokens)
        if len(tokens) == 1 and tokens[0].upos not in PLAIN_NAME and not _is_political(candidates):
            return
        if candidates or self._is_behind_locative(tokens[0]) or self._is_feature(tokens):
            yield self._toponym(tokens, candidates)

    def _is_feature(self, tokens: list[Token]) -> bool:
        """Whether the name says itself that it is one of a river, a county, a lake."""
        first, last = tokens[0].text.lower(), tokens[-1].text.lower()
        return len(tokens) > 1 and (last in self.words.features or first in self.words.features)

    def _without_generic(self, tokens: list[Token]) -> tuple[Entry, ...]:
        if len(tokens) > 1 and tokens[-1].text.lower() in self.words.generic:
            return self.gazetteer.candidates(self._name(tokens[:-1]))
        if len(tokens) > 1 and tokens[0].text.lower() in self.words.directions:
            return self.gazetteer.candidates(self._name(tokens[1:]))
        return ()

    def _mistagged(self, tokens: list[Token]) -> Iterator[Toponym]:
        """A person or organization that bears exactly the name of a place."""
        name = self._name(tokens)
        candidates = self.gazetteer.candidates(name)
        if not candidates or name.lower() in self.words.not_a_place or tokens[-1].upos == "ADJ":
            return
        if _is_political(candidates) or self._is_behind_locative(tokens[0]) or name_key(name) in self.placed:
            yield self._toponym(tokens, candidates)

    def _inside(self, tokens: list[Token]) -> Iterator[Toponym]:
        """The place in the name of an organization: "Kisumu Police Department", "University of Nevada"."""
        if tokens[-1].text.lower() in self.words.media or len(tokens) < 2:
            return
        starts = [
            0,
            *(number + 1 for number, token in enumerate(tokens[:-1]) if token.text.lower() in ("of", "in", "for")),
        ]
        for start in starts:
            for end in range(min(len(tokens), start + LONGEST), start, -1):
                part = tokens[start:end]
                followed_by_of = end < len(tokens) and tokens[end].text.lower() == "of"
                if end - start < len(tokens) and not followed_by_of and self._is_place_inside(part):
                    yield self._toponym(part, self.gazetteer.candidates(self._name(part)))
                    break

    def _is_place_inside(self, part: list[Token]) -> bool:
        name = self._name(part)
        if not part[0].text[0].isupper() or part[-1].upos == "ADJ" or name.lower() in self.words.not_a_place:
            return False
        candidates = self.gazetteer.candidates(name)
        if not candidates:
            return False
        return _is_political(candidates) or candidates[0].population >= KNOWN or name_key(name) in self.placed

    def _missed(self, covered: Sequence[tuple[int, int]]) -> Iterator[Toponym]:
        """Capitalised names outside all entities that the gazetteer knows."""
        tokens = self.sentence.tokens
        number = 0
        while number < len(tokens):
            found = self._missed_at(number, covered) if _is_capital(tokens[number]) else None
            if found is None:
                number += 1
            else:
                yield self._toponym(tokens[number:found], self.gazetteer.candidates(self._name(tokens[number:found])))
                number = found

    def _missed_at(self, number: int, covered: Sequence[tuple[int, int]]) -> int | None:
        """The end of the longest acceptable name that begins with this token."""
        tokens = self.sentence.tokens
        if number and _is_capital(tokens[number - 1]) and tokens[number - 1].upos == "PROPN":
            return None
        for end in range(min(len(tokens), number + LONGEST), number, -1):
            part = tokens[number:end]
            first, last = part[0].start, part[-1].end
            if any(first < stop and start < last for start, stop in covered) or part[-1].upos not in PLAIN:
                continue
            if end < len(tokens) and tokens[end].upos == "PROPN" and _is_capital(tokens[end]):
                continue
            if self._is_acceptable(part):
                return end
        return None

    def _is_acceptable(self, part: Sequence[Token]) -> bool:
        name = self._name(part)
        if (
            len(name) < 2
            or name.lower() in self.words.not_a_place
            or any(token.upos not in (*PLAIN, "ADP", "DET", "PART") for token in part)
        ):
            return False
        candidates = self.gazetteer.candidates(name)
        if not candidates or (part[0].upos == "NOUN" and part[0].index == 0):
            return False
        if name_key(name) in self.placed:
            return True
        proper = all(token.upos in ("PROPN", "ADP", "DET") for token in part)
        strong = _is_political(candidates) or (proper and candidates[0].population >= LARGE)
        return strong or (proper and self._is_behind_locative(part[0]))

    def _is_behind_locative(self, token: Token) -> bool:
        index = token.index - 1
        tokens = self.sentence.tokens
        while index >= 0 and (
            tokens[index].text.lower() in self.words.directions or tokens[index].text.lower() == "the"
        ):
            index -= 1
        return index >= 0 and tokens[index].text.lower() in self.words.locative

    def _name(self, tokens: Sequence[Token]) -> str:
        return self.text[tokens[0].start : tokens[-1].end]

    def _toponym(self, tokens: Sequence[Token], candidates: tuple[Entry, ...]) -> Toponym:
        name = self._name(tokens)
        return Toponym(start=tokens[0].start, end=tokens[-1].end, name=name, key=name_key(name), candidates=candidates)


def _is_political(candidates: Sequence[Entry]) -> bool:
    """Whether a name is that of a country, a first-order division, a region or a sea, or of a capital."""
    return any(
        entry.feature in ("A.PCLI", "A.ADM1", "P.PPLC", "A.PCLH") or entry.feature[0] in "LH" for entry in candidates
    )


def _is_capital(token: Token) -> bool:
    return token.text[:1].isupper()
