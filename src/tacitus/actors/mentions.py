"""Find the mentions of a page: names, role nouns, peoples, pronouns; each with what its own words say."""

from __future__ import annotations

from collections.abc import Iterator

from tacitus.actors import nouns
from tacitus.actors.candidates import Candidate, Page
from tacitus.actors.composing import compose, inner_coding, named_body
from tacitus.actors.index import RoleSense, fold_words
from tacitus.actors.knowledge import Coding, choose
from tacitus.actors.lexical import ACTOR_LABELS, PLACE_TYPES, Item, Lexical, choose_strong, read_sentences
from tacitus.actors.tables import Entity
from tacitus.language.document import Sentence, Token
from tacitus.records import Span

PRONOUNS = {
    **dict.fromkeys(("he", "him", "his", "himself"), ("s", "m", "person")),
    **dict.fromkeys(("she", "her", "hers", "herself"), ("s", "f", "person")),
    **dict.fromkeys(("it", "its", "itself"), ("s", "", "")),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves", "themself"), ("p", "", "")),
}
MODIFIER = frozenset({"compound", "amod", "nmod:desc", "nmod:unmarked", "flat"})
MEN, WOMEN = (
    frozenset({"mr", "sir", "lord", "king", "prince"}),
    frozenset({"mrs", "ms", "miss", "lady", "dame", "madam", "queen"}),
)
ACTING = frozenset({"GOV", "MIL", "COP", "REB", "UAF", "PRM", "SPY", "OPP", "CRM"})
"""Sectors whose role nouns act even as modifiers: "police brutality", "rebel attack"; "student loans" have no actor."""
PREDICATIVE = ("as", "like")
EMPTY_VERBS = frozenset({"seem", "appear", "rain", "snow", "turn", "happen", "take"})


def find_mentions(page: Page) -> list[Candidate]:
    """All mentions in text order."""
    found: list[Candidate] = []
    for sentence, lexical in zip(page.parse.sentences, read_sentences(page), strict=True):
        found += _in_sentence(page, sentence, lexical)
    return sorted(found, key=lambda candidate: candidate.span)


def _in_sentence(page: Page, sentence: Sentence, lexical: Lexical) -> Iterator[Candidate]:
    titles: set[int] = set()
    for item in lexical.names:
        candidate = _name(page, sentence, lexical, item, titles)
        if candidate is not None:
            yield candidate
    for item in lexical.roles:
        if item.head.index not in titles:
            candidate = _nominal(page, sentence, lexical, item)
            if candidate is not None:
                yield candidate
    for token in sentence.tokens:
        if token.upos == "PRON" or token.deprel == "nmod:poss":
            candidate = _pronoun(sentence, token)
            if candidate is not None:
                yield candidate


def _pronoun(sentence: Sentence, token: Token) -> Candidate | None:
    features = PRONOUNS.get(token.text.lower())
    if features is None or (token.text.lower() == "it" and _is_empty(sentence, token)):
        return None
    number, gender, sort = features
    word = (token.text.lower(),)
    return Candidate(
        span=token.span,
        kind="pronoun",
        sentence=sentence,
        head=token,
        words=word,
        sort=sort,
        number=number,
        gender=gender,
    )


def _is_empty(sentence: Sentence, token: Token) -> bool:
    """Whether "it" stands for no thing: "it is unclear how", "it seems", "make it hard to"."""
    governor = sentence.head(token)
    if token.relation == "expl" or governor is None:
        return True
    clause = sentence.child(governor, "csubj", "ccomp", "xcomp", "advcl")
    if token.relation == "obj":
        return any(child.upos == "ADJ" for child in sentence.children(governor, "xcomp"))
    return token.relation == "nsubj" and (
        governor.lemma in EMPTY_VERBS or (governor.upos in ("ADJ", "NOUN") and clause is not None)
    )


def _name(page: Page, sentence: Sentence, lexical: Lexical, item: Item, titles: set[int]) -> Candidate | None:
    """A name with the title before it, or a people ("Palestinians"); None where the name does not act."""
    entity = choose_strong(item.senses, page.on)
    if entity is not None and entity.type in PLACE_TYPES:
        return _place(page, sentence, lexical, item)
    if entity is None and item.label not in ACTOR_LABELS:
        return None
    if (
        _is_modifier(item.head, sentence)
        and item.label != "person"
        and _heads_actor(page, lexical, sentence.tokens[item.head.head])
    ):
        return None
    role = _title(sentence, lexical, item, titles)
    weak = None if entity else _surname_of(page, item, role)
    entity = weak if role is not None and entity is None else entity
    head, start = _head_and_start(sentence, item, role)
    own = [item, role] if role else [item]
    stated = compose(page, sentence, lexical, head if role else item.head, role.roles[0].role if role else None, own)
    if role is None and item.label == "person":
        stated = Coding(country=stated.country)
    sort = "person" if item.label == "person" or (entity and entity.type == "person") else "organization"
    if entity is not None and entity.type != "person":
        sort = "organization"
    coding = (
        page.knowledge.code(entity, on=page.on)
        if entity
        else (inner_coding(page, item) if sort != "person" else Coding())
    )
    words = tuple(fold_words(item.span.of(page.parse.text)))
    gender = _gender_of_name(page, sentence, item, role, words) if sort == "person" else ""
    span = Span(sentence.tokens[start].start, item.span.end)
    return Candidate(
        span=span, kind="name", sentence=sentence, head=head, words=words, sort=sort, number="s",
        gender=(entity.gender if entity else "") or gender, definite="definite", entity=entity, surname_of=weak,
        role=role.roles[0].role if role else None, coding=coding, stated=stated, title=role is not None,
    )  # fmt: skip


def _title(sentence: Sentence, lexical: Lexical, item: Item, titles: set[int]) -> Item | None:
    """The role noun right before a person's name ("Prime Minister Benjamin Netanyahu"), noted as used.

    Nothing may stand between but a hyphen; the tree is not asked, parsers do not agree on titles.
    """
    if item.label != "person" and not any(sense.entity.type == "person" for sense in item.senses):
        return None
    for role in lexical.roles:
        between = sentence.tokens[role.last + 1 : item.first]
        if role.last < item.first and all(token.text == "-" for token in between):
            sense = role.roles[0]
            if sense.role.kind == "person" and not sense.plural:
                titles.add(role.head.index)
                return role
    return None


def _head_and_start(sentence: Sentence, item: Item, role: Item | None) -> tuple[Token, int]:
    """The token that stands for the phrase in the tree, and its first word's index."""
    start = min(nouns.phrase_start(sentence, item.head), item.first)
    if role is None:
        return item.head, start
    head = role.head if item.head.head == role.head.index else item.head
    return head, min(start, role.first, nouns.phrase_start(sentence, role.head))


def _surname_of(page: Page, item: Item, role: Item | None) -> Entity | None:
    """The one office-holder a bare surname may stand for at the page's date; a title names the office ("President Kennedy")."""
    if item.label not in ("person", ""):
        return None
    people = {sense.entity.id: sense.entity for sense in item.senses if sense.form == "surname"}
    if role is not None:
        office = role.roles[0].role.name
        titled = [
            person for person in people.values() if any(office in term.office for term in person.in_force(page.on))
        ]
        return titled[0] if len(titled) == 1 else None
    return choose(item.senses, page.on)


def _gender_of_name(page: Page, sentence: Sentence, item: Item, role: Item | None, words: tuple[str, ...]) -> str:
    """The gender a name's title, role or given name tells; "" for none."""
    if role is not None and role.roles[0].role.gender:
        return role.roles[0].role.gender
    before = {token.text.lower().rstrip(".") for token in sentence.tokens[max(0, item.first - 2) : item.first + 1]}
    if before & MEN or before & WOMEN:
        return "m" if before & MEN else "f"
    return page.knowledge.gender_of(words[0]) if words else ""


def _is_modifier(token: Token, sentence: Sentence) -> bool:
    """Whether the word stands before a noun it modifies."""
    return token.head > token.index and token.deprel in MODIFIER


def _heads_actor(page: Page, lexical: Lexical, governor: Token) -> bool:
    """Whether a noun is the head of an actor of its own: then what stands before it is part of its description."""
    return any(role.head.index == governor.index for role in lexical.roles) or any(
        name.first <= governor.index <= name.last
        and (name.label in ACTOR_LABELS or choose_strong(name.senses, page.on))
        for name in lexical.names
    )


def _place(page: Page, sentence: Sentence, lexical: Lexical, item: Item) -> Candidate | None:
    """A country, capital or city where it acts, a people, or a country's adjective before an event ("Russian shelling")."""
    entity = choose_strong(item.senses, page.on)
    if entity is None:
        return None
    head = item.head
    forms = {sense.form for sense in item.senses if sense.entity is entity}
    coding = page.knowledge.code(entity, on=page.on)
    words = tuple(fold_words(item.span.of(page.parse.text)))
    if _is_modifier(head, sentence):
        if entity.type != "country" or _heads_actor(page, lexical, sentence.tokens[head.head]):
            return None
    elif forms & {"person", "people", "adjective"} and not forms & {"name", "capital"}:
        return _people(page, sentence, item, entity, forms, coding)
    elif not forms & {"name", "capital"} or not nouns.is_facing(sentence, head, capital=entity.type != "country"):
        return None
    start = nouns.phrase_start(sentence, head) if "the" in _before(sentence, item) else item.first
    return Candidate(
        span=Span(sentence.tokens[start].start, item.span.end), kind="name", sentence=sentence, head=head, words=words,
        sort="place", number="s", definite="definite", entity=entity, coding=coding,
    )  # fmt: skip


def _before(sentence: Sentence, item: Item) -> str:
    return sentence.tokens[item.first - 1].text.lower() if item.first else ""


def _people(
    page: Page, sentence: Sentence, item: Item, entity: Entity, forms: set[str], coding: Coding
) -> Candidate | None:
    """ "Palestinians", "the French", "an Israeli"; None for a language or a bare adjective."""
    head = item.head
    determiner = sentence.child(head, "det")
    if forms == {"adjective"}:
        if head.relation != "nsubj" and (determiner is None or determiner.text.lower() != "the"):
            return None
        forms = {"people"}
    plural = "people" in forms and (
        "person" not in forms or determiner is None or determiner.text.lower() not in ("a", "an")
    )
    if not plural and determiner is None and sentence.child(head, "nummod") is None:
        return None
    if (
        plural
        and "adjective" in forms
        and determiner is None
        and head.relation not in ("nsubj", "obj", "obl", "nmod", "conj")
    ):
        return None
    start = nouns.phrase_start(sentence, nouns.quantity_over(sentence, head))
    return Candidate(
        span=Span(sentence.tokens[start].start, item.span.end), kind="nominal", sentence=sentence,
        head=nouns.quantity_over(sentence, head), words=(entity.id,), sort="group" if plural else "person",
        number="p" if plural else "s", definite=_definiteness(sentence, head), coding=Coding(country=coding.country),
    )  # fmt: skip


def _definiteness(sentence: Sentence, head: Token) -> str:
    for child in sentence.children(head):
        if child.deprel == "nmod:poss" and child.index < head.index:
            return "definite"
        if child.relation == "det":
            word = child.text.lower()
            if word in ("the", "this", "that", "these", "those"):
                return "definite"
            return "indefinite"
        if child.relation == "nummod":
            return "indefinite"
    return "bare"


def _nominal(page: Page, sentence: Sentence, lexical: Lexical, item: Item) -> Candidate | None:
    """A role noun that heads a phrase of its own, or names an acting body before another noun; None where it is no actor."""
    head = item.head
    sense = _number(sentence, item)
    definite = _definiteness(sentence, head)
    if head.upos not in nouns.NOMINAL and not (head.upos == "ADJ" and sense.plural and definite == "definite"):
        return None
    if _is_modifier(head, sentence):
        return _acting_modifier(page, sentence, lexical, item, sense)
    counted = nouns.quantity_over(sentence, head)
    copula = sentence.child(head, "cop") is not None
    if not copula and not _is_referring(sentence, item, sense, definite):
        return None
    plural = sense.plural or counted is not head
    entity = named_body(page, sentence, lexical, head, sense.role, plural=plural, own=[item])
    coding = (
        page.knowledge.code(entity, on=page.on)
        if entity
        else compose(page, sentence, lexical, head, sense.role, [item])
    )
    if sense.role.name in nouns.COUNTRY_WORDS and plural:
        coding = Coding()  # "Arab states", "American nations": of no one country
    start = min(nouns.phrase_start(sentence, counted), item.first)
    sort = "organization" if sense.role.kind == "organization" else "group" if plural else "person"
    if sense.role.name in nouns.COUNTRY_WORDS:
        sort = "place"
    return Candidate(
        span=Span(sentence.tokens[start].start, _end(page, sentence, lexical, item)), kind="nominal", sentence=sentence, head=counted,
        words=tuple(fold_words(sense.role.name)), sort=sort, number="p" if plural else "s", gender=sense.role.gender,
        definite="indefinite" if counted is not head else definite, entity=entity, role=sense.role, coding=coding, silent=copula,
    )  # fmt: skip


def _number(sentence: Sentence, item: Item) -> RoleSense:
    """The sense in the number the words stand in."""
    if len(item.roles) == 1:
        return item.roles[0]
    plural = item.head.feats.get("Number") == "Plur"
    return next((sense for sense in item.roles if sense.plural == plural), item.roles[0])


def _is_referring(sentence: Sentence, item: Item, sense: RoleSense, definite: str) -> bool:
    """Whether the phrase speaks of somebody: not "as president", "elected chairman", "by force"."""
    head = item.head
    if any(child.text.lower() in nouns.NOBODY for child in sentence.children(head, "det")):
        return False
    case = nouns.case_of(sentence, head)
    if case in PREDICATIVE or head.relation in ("xcomp", "compound", "fixed", "flat", "goeswith"):
        return False
    if case == "according" and sense.role.name in nouns.NUMBERS and not sentence.children(head, "amod", "compound"):
        return False
    if definite != "bare" or sense.plural:
        return True
    if sense.role.carrier and sense.role.kind == "organization" and not sentence.children(head, "amod", "compound"):
        return False
    if sense.role.kind == "organization":
        return True
    return head.relation in ("nsubj", "obj", "nmod:poss", "appos", "iobj") or bool(
        sentence.children(head, "amod", "compound", "nmod")
    )


def _acting_modifier(
    page: Page, sentence: Sentence, lexical: Lexical, item: Item, sense: RoleSense
) -> Candidate | None:
    """The body in "army offensive", "government decision", "rebel attack"."""
    governor = sentence.tokens[item.head.head]
    if (
        not ACTING.intersection(sense.role.sectors)
        or _heads_actor(page, lexical, governor)
        or not (
            governor.upos in nouns.NOMINAL or governor.text.lower().endswith("ing")
        )  # "police firing", tagged as a verb
    ):
        return None
    coding = compose(page, sentence, lexical, governor, sense.role, [item])
    sort = "organization" if sense.role.kind == "organization" else "group"
    return Candidate(
        span=item.span, kind="nominal", sentence=sentence, head=item.head, words=tuple(fold_words(sense.role.name)), sort=sort,
        number="s" if sort == "organization" else "p", definite="bare", role=sense.role, coding=coding,
    )  # fmt: skip


def _end(page: Page, sentence: Sentence, lexical: Lexical, item: Item) -> int:
    """Where the phrase ends: at its role noun, or at the name in "president of France"."""
    for other in (*lexical.names, *lexical.roles):
        is_next = item.last < other.first <= item.last + 4 and other.head.head == item.head.index
        if is_next and other.head.relation == "nmod" and nouns.case_of(sentence, other.head) == "of":
            return other.span.end
    return item.span.end
