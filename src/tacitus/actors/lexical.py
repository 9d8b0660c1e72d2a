"""Words of a sentence that the tagger or the knowledge base knows: names, and role nouns, each with the tokens it covers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from tacitus.actors.candidates import Page
from tacitus.actors.index import RoleSense, Sense
from tacitus.actors.knowledge import Hit, choose
from tacitus.actors.tables import Entity, fold
from tacitus.language.document import Sentence, Token
from tacitus.records import Span

NAME_TAGS = ("PROPN", "NOUN", "ADJ", "X")
PLACE_TYPES = ("country", "capital", "city")
ACTOR_LABELS = ("person", "organization", "group")


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """A name (`label`, `senses`) or a role noun (`roles`) over tokens `first` to `last`; `head` is the highest of them."""

    first: int
    last: int
    head: Token
    span: Span
    label: str = ""
    senses: tuple[Sense, ...] = ()
    roles: tuple[RoleSense, ...] = ()

    def covers(self, other: Item) -> bool:
        return self.first <= other.first and other.last <= self.last

    def meets(self, other: Item) -> bool:
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True, slots=True)
class Lexical:
    """The items of one sentence: names do not overlap, role nouns do not overlap and lie outside names."""

    names: tuple[Item, ...]
    roles: tuple[Item, ...]


def read_sentences(page: Page) -> list[Lexical]:
    """The items of every sentence."""
    hits: list[list[Hit]] = [[] for _ in page.parse.sentences]
    entities: list[list[tuple[Span, str]]] = [[] for _ in page.parse.sentences]
    starts = [sentence.start for sentence in page.parse.sentences]
    for hit in page.knowledge.find(page.parse.text):
        index = bisect_left(starts, hit.start + 1) - 1
        if index >= 0 and hit.end <= page.parse.sentences[index].end:
            hits[index].append(hit)
    for entity in page.parse.entities:
        entities[entity.sentence].append((entity.span, entity.label))
    return [_read(page, sentence, hits[n], entities[n]) for n, sentence in enumerate(page.parse.sentences)]


def _read(page: Page, sentence: Sentence, hits: Sequence[Hit], entities: Sequence[tuple[Span, str]]) -> Lexical:
    if not hits and not entities:
        return Lexical((), ())
    known = [item for hit in hits if hit.senses and (item := _item(sentence, hit.span, senses=hit.senses))]
    roles = [item for hit in hits if hit.roles and (item := _item(sentence, hit.span, roles=hit.roles))]
    tagged = [item for span, label in entities if (item := _item(sentence, span, label=label))]
    known = [item for item in known if _is_name(sentence, item)]
    names = _merge(page, sentence, tagged, known, roles)
    return Lexical(tuple(names), tuple(item for item in roles if not any(item.meets(name) for name in names)))


def _item(
    sentence: Sentence,
    span: Span,
    *,
    label: str = "",
    senses: tuple[Sense, ...] = (),
    roles: tuple[RoleSense, ...] = (),
) -> Item | None:
    """The item over the tokens that meet the span; None when it covers none."""
    tokens = sentence.tokens
    low = bisect_left(tokens, span.start, key=lambda token: token.start)
    if low and tokens[low - 1].end > span.start:
        low -= 1
    high = low
    while high < len(tokens) and tokens[high].start < span.end:
        high += 1
    if high == low:
        return None
    inside = tokens[low:high]
    head = next((token for token in inside if token.upos != "PUNCT" and not low <= token.head < high), inside[-1])
    return Item(low, high - 1, head, Span(inside[0].start, inside[-1].end), label, senses, roles)


def _is_name(sentence: Sentence, item: Item) -> bool:
    """Whether a known name is used as one here: an adjective form needs a noun beside it, a single word must not be a verb."""
    return item.head.upos in NAME_TAGS or any(
        token.upos == "PROPN" for token in sentence.tokens[item.first : item.last + 1]
    )


def _merge(page: Page, sentence: Sentence, tagged: list[Item], known: list[Item], roles: list[Item]) -> list[Item]:
    """One list of names from the tagger's and the knowledge base's: the longer wins, and where they agree they join."""
    names: list[Item] = []
    for entity in tagged:
        inside = [item for item in known if item.meets(entity)]
        entity = _without_title(sentence, entity, roles)
        if _is_composed(sentence, entity, inside, roles):
            continue
        better = next((item for item in inside if _beats(page, item, entity)), None)
        if better is None:
            names.append(entity)
        else:
            names.append(_joined(entity, better))
    for item in known:
        if not any(item.meets(name) for name in names) and choose_strong(item.senses, page.on) is not None:
            names.append(item)
    return sorted(names, key=lambda item: item.first)


def _without_title(sentence: Sentence, entity: Item, roles: list[Item]) -> Item:
    """A person's name that the tagger took with the title before it ("Governor Vadim Shumkov"): the name alone."""
    if entity.label != "person":
        return entity
    title = next((role for role in roles if role.first == entity.first and role.last < entity.last), None)
    if title is None or title.roles[0].role.kind != "person":
        return entity
    rest = sentence.tokens[title.last + 1 : entity.last + 1]
    return _item(sentence, Span(rest[0].start, entity.span.end), label="person") or entity


def _is_composed(sentence: Sentence, entity: Item, inside: list[Item], roles: list[Item]) -> bool:
    """Whether what the tagger calls a name is a country and a role noun ("Israeli military"): that is read as a noun phrase."""
    if entity.label == "person" and any(role.covers(entity) and role.last > entity.last for role in roles):
        return not inside
    heads = [role for role in roles if entity.covers(role) and role.last == entity.last]
    if heads and entity.label == "person" and heads[0].first == entity.first:
        return not inside
    if not heads or any(item.first == entity.first and item.last == entity.last for item in inside):
        return False
    rest = range(entity.first, heads[0].first)
    return all(
        sentence.tokens[index].upos == "DET" or any(item.first <= index <= item.last for item in inside)
        for index in rest
    ) and (bool(rest) or sentence.tokens[entity.first].text.islower() or entity.label != "person")


def _beats(page: Page, item: Item, entity: Item) -> bool:
    """Whether the known name is to be taken where the tagger found another stretch."""
    types = {sense.entity.type for sense in item.senses}
    if entity.label == "person" and "person" not in types:
        wider = item.covers(entity) and item.last - item.first > entity.last - entity.first
        same = item.first == entity.first and item.last == entity.last
        return wider or (same and fold(_words(page, item)) not in page.people)
    if item.covers(entity):
        return True
    if entity.covers(item):
        return item.last == entity.last and entity.label == "person" and "person" in types and item.last > item.first
    return item.last - item.first >= entity.last - entity.first


def _words(page: Page, item: Item) -> str:
    return item.span.of(page.parse.text)


def _joined(entity: Item, item: Item) -> Item:
    label = entity.label if entity.covers(item) or item.covers(entity) else ""
    if {sense.entity.type for sense in item.senses} <= {*PLACE_TYPES, "seat", "organization"}:
        label = "organization" if label == "person" else label
    return Item(item.first, item.last, item.head, item.span, label, item.senses)


def choose_strong(senses: Sequence[Sense], on: str | None) -> Entity | None:
    """The one entry a name surely stands for; bare surnames do not count."""
    strong = [sense for sense in senses if sense.form != "surname"]
    return choose(strong, on) if strong else None
