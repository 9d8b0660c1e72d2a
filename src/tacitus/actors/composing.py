"""What a noun phrase says about its actor: "a Ugandan opposition lawmaker" is UGA, OPP LEG.

The rules, in short. The country is the one country among the words beside the head (adjective, possessor, "of"-phrase, organization); two
countries leave it open. Sectors are those of the modifying role nouns and of the body in "president of the assembly", then the head's own,
then those of possessors, of organizations named before it, and of peoples, faiths and parties ("Sunni militants" are militants first);
"chief", "spokesman" and the like have none of their own beside others' ("NATO spokesman"). "Former" makes ELI. A role noun without a
country beside it has none: which army "the army" is, only an earlier mention on the page can say (see coreference).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tacitus.actors.candidates import Page
from tacitus.actors.knowledge import Coding
from tacitus.actors.lexical import Item, Lexical, choose_strong
from tacitus.actors.nouns import BESIDE, case_of, stands_beside
from tacitus.actors.tables import Entity, Role
from tacitus.language.document import Sentence, Token
from tacitus.ontology import INTERNATIONAL

FORMER = frozenset({"former", "ex", "onetime", "erstwhile", "ousted", "deposed", "toppled", "retired"})
ARMED = frozenset({"REB", "UAF", "PRM", "CRM"})
IDENTITY = frozenset({"REL", "SOC", "PTY"})
"""Sectors of what people are or believe; what they do comes first: "Sunni militants" are UAF, "communist rebels" REB."""
LOCAL = frozenset({"LAB", "COP", "JUD", "LEG", "AGR", "EDU", "MED", "CVL", "OPP", "PTY", "SOC", "REL"})
"""Sectors of people who belong to the country they are said to be in: "villagers in Kenya", not "troops in Syria"."""


def beside(sentence: Sentence, lexical: Lexical, head: Token, own: Sequence[Item]) -> Iterator[Item]:
    """Names and role nouns that modify `head` or the head of one of its `own` items, in text order; `own` are left out."""
    heads = {head.index: head} | {item.head.index: item.head for item in own}
    for item in sorted((*lexical.names, *lexical.roles), key=lambda item: item.first):
        relation = item.head.deprel
        if item in own or item.head.index in heads or not (relation in BESIDE or relation.startswith("conj")):
            continue
        if any(stands_beside(sentence, item.head, other) for other in heads.values()):
            yield item


def is_former(sentence: Sentence, head: Token) -> bool:
    """Whether the phrase says that its holder is out of office."""
    return any(child.text.lower() in FORMER for child in sentence.children(head, "amod", "compound", "advmod", "nmod"))


def compose(
    page: Page, sentence: Sentence, lexical: Lexical, head: Token, role: Role | None, own: Sequence[Item]
) -> Coding:
    """The coding of the noun phrase of `head`, whose own words are the items `own`; `kind` stays "unknown"."""
    countries: list[str] = []
    before: list[str] = []
    after: list[str] = []
    for item in beside(sentence, lexical, head, own):
        country, sectors = _of_role(item) if item.roles else _of_name(page, item, role)
        countries += [country] if country else []
        leads = item.head.deprel != "nmod:poss" if item.roles else _is_of_phrase(sentence, item, head)
        tells_kin = role is not None and bool(role.sectors) and IDENTITY.issuperset(sectors)
        (before if leads and not tells_kin else after).extend(sectors)
    if is_former(sentence, head) and role is not None and role.kind == "person":
        return Coding(country=one_country(countries), sectors=("ELI",))
    sectors = _sectors(role, before, after)
    country = one_country(countries)
    if not countries and role is not None:
        country = _country_within(page, sentence, lexical, head, ("in", "from") if LOCAL & set(sectors) else ("from",))
    return Coding(country=country or (role.country if role else None), sectors=sectors)


def _of_role(item: Item) -> tuple[str | None, tuple[str, ...]]:
    role = item.roles[0].role
    return role.country, role.sectors


def _is_of_phrase(sentence: Sentence, item: Item, head: Token) -> bool:
    return item.first > head.index and case_of(sentence, item.head) == "of"


def _of_name(page: Page, item: Item, role: Role | None) -> tuple[str | None, tuple[str, ...]]:
    """What a name beside a head adds: its country, and its sectors unless it is a place or the chief of the one that is coded."""
    entity = choose_strong(item.senses, page.on)
    if entity is None:
        inner = inner_coding(page, item)
        return inner.country, inner.sectors
    coding = page.knowledge.code(entity, on=page.on)
    if entity.type in ("country", "capital", "city"):
        return coding.country, ()
    if entity.type == "person" and not (role and role.carrier):
        return coding.country, ()
    return coding.country, coding.sectors


def _sectors(role: Role | None, before: Sequence[str], after: Sequence[str]) -> tuple[str, ...]:
    """The sectors of the words that lead, the head's own, those of the words that follow; a carrier has none of its own beside others."""
    own = () if role is None or (role.carrier and (before or after)) else role.sectors
    return tuple(dict.fromkeys((*before, *own, *after)))


def one_country(countries: Sequence[str]) -> str | None:
    """The country of a phrase that names some: the only one, or the only state beside international bodies; else None."""
    found = list(dict.fromkeys(countries))
    states = [country for country in found if country not in INTERNATIONAL]
    if len(states) == 1:
        return states[0]
    return found[0] if len(found) == 1 else None


def _country_within(page: Page, sentence: Sentence, lexical: Lexical, head: Token, cases: Sequence[str]) -> str | None:
    """The country that people are said to be in or from: "trade unions in Denmark", "a nun from Peru"."""
    for item in lexical.names:
        if item.head.head == head.index and item.head.relation == "nmod" and case_of(sentence, item.head) in cases:
            entity = choose_strong(item.senses, page.on)
            if entity is not None and entity.type in ("country", "capital", "city"):
                return page.knowledge.code(entity, on=page.on).country
    return None


def inner_coding(page: Page, item: Item) -> Coding:
    """What the words of an unknown organization's name tell: "Kenya Police Service" is KEN COP. Nothing without a role noun in it."""
    if item.label == "person":
        return Coding()
    words = item.span.of(page.parse.text)
    hits = list(page.knowledge.find(words))
    roles = [
        hit
        for hit in hits
        if hit.roles and (hit.end == len(words) or words[hit.end :].lower().startswith((" of ", " for ")))
    ]
    if not roles:
        return Coding()
    role = roles[-1].roles[0].role
    countries = []
    for hit in hits:
        entity = choose_strong(hit.senses, page.on)
        if entity is not None and entity.type in ("country", "city", "capital"):
            countries.append(page.knowledge.code(entity, on=page.on).country or "")
    return Coding(country=one_country(countries), sectors=role.sectors)


def named_body(
    page: Page, sentence: Sentence, lexical: Lexical, head: Token, role: Role, *, plural: bool, own: Sequence[Item]
) -> Entity | None:
    """The organization that a phrase is just another name of: "the FDLR rebels", "Hamas militants", "the Zetas cartel".

    Wording about the people of a group that is or was armed does not make them another actor; leaders and officials of it are.
    """
    for item in beside(sentence, lexical, head, own):
        entity = choose_strong(item.senses, page.on) if item.senses else None
        if entity is None or entity.type != "organization" or item.head.deprel == "nmod:poss":
            continue
        sectors = set(page.knowledge.code(entity, on=page.on).sectors)
        was_armed = any(ARMED.intersection(term.sectors) for term in entity.terms)
        fighters = plural and role.kind == "person" and was_armed and ARMED & set(role.sectors)
        body = (
            role.kind == "organization" and (not role.sectors or sectors & set(role.sectors)) and item.last < head.index
        )
        if fighters or body:
            return entity
    return None
