"""Find the toponyms of a text: what the tagger calls a place, and names of the gazetteer that it called something else or missed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tacitus.language.document import NamedEntity, Parse, Sentence, Token
from tacitus.places.entry import Entry
from tacitus.places.gazetteer import Gazetteer
from tacitus.places.names import name_key
from tacitus.places.words import PlaceWords, candidates_of, load_place_words

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
        taken.extend(self._peoples(taken))
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
        candidates = candidates_of(name, gazetteer=self.gazetteer)
        if len(tokens) == 1 and tokens[0].upos not in PLAIN_NAME and not _is_political(candidates):
            return
        if candidates or self._is_behind_locative(tokens[0]) or self._is_feature(tokens):
            yield self._toponym(tokens, candidates)

    def _is_feature(self, tokens: list[Token]) -> bool:
        """Whether the name says itself that it is one of a river, a county, a lake."""
        first, last = tokens[0].text.lower(), tokens[-1].text.lower()
        return len(tokens) > 1 and (last in self.words.features or first in self.words.features)

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

    def _peoples(self, taken: Sequence[Toponym]) -> Iterator[Toponym]:
        """Adjectives of nationality and names of peoples, which stand for their country; not those in the name of a person."""
        persons = [(entity.start, entity.end) for entity in self.entities if entity.label == "person"]
        covered = [*persons, *((name.start, name.end) for name in taken)]
        tokens = self.sentence.tokens
        number = 0
        while number < len(tokens):
            end = next((end for end in (number + 2, number + 1) if self._is_people(tokens[number:end], covered)), None)
            if end is not None:
                yield self._people(tokens[number:end])
            number = end or number + 1

    def _is_people(self, part: Sequence[Token], covered: Sequence[tuple[int, int]]) -> bool:
        first, last = part[0].start, part[-1].end
        free = not any(first < stop and start < last for start, stop in covered)
        named = _is_capital(part[0]) and part[0].text.lower() != "the"
        return free and named and bool(self.gazetteer.homes(self._name(part)))

    def _people(self, part: Sequence[Token]) -> Toponym:
        name = self._name(part)
        homes = self.gazetteer.homes(name)
        return Toponym(start=part[0].start, end=part[-1].end, name=name, key=people_key(name, homes), candidates=homes)

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


def people_key(name: str, homes: Sequence[Entry]) -> str:
    """What joins all words for one people, apart from the name of its country: "Georgian" is not as open as "Georgia"."""
    return f"people of {name_key(homes[0].name if len(homes) == 1 else name)}"


def _is_political(candidates: Sequence[Entry]) -> bool:
    """Whether a name is that of a country, a first-order division, a region or a sea, or of a capital."""
    return any(
        entry.feature in ("A.PCLI", "A.ADM1", "P.PPLC", "A.PCLH") or entry.feature[0] in "LH" for entry in candidates
    )


def _is_capital(token: Token) -> bool:
    return token.text[:1].isupper()
