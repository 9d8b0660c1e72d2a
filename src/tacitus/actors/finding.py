"""The actors of a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tacitus.actors.candidates import Candidate, Page
from tacitus.actors.clusters import Cluster
from tacitus.actors.coreference import INSTITUTIONS, join
from tacitus.actors.index import fold_words
from tacitus.actors.knowledge import Coding, Knowledge
from tacitus.actors.mentions import find_mentions
from tacitus.actors.tables import Entity
from tacitus.language.document import Parse
from tacitus.records import Actor, Article, Mention

KINDS = {"person": "person", "group": "group", "organization": "organization", "place": "place-as-actor"}
KIND_ORDER = {"name": 0, "nominal": 1, "pronoun": 2}
ISO_DAY = 10  # letters of an ISO date


def find_actors(article: Article, parse: Parse, *, knowledge: Knowledge) -> tuple[Actor, ...]:
    """The entities of the page that can act, with every mention, in text order ("a1", "a2" …).

    A mention covers the base noun phrase: article, title, adjectives, name. Phrases may lie inside others ("Israel" in "Israel's prime
    minister"), so look an argument up by the mention that ends at it. Codes are those of the article's date; without one, of today.
    """
    day = article.published[:ISO_DAY] if article.published else None
    page = Page.of(parse, on=day, knowledge=knowledge)
    clusters = [cluster for cluster in join(page, find_mentions(page)) if _is_actor(cluster)]
    codings = [code_cluster(cluster, page) for cluster in clusters]
    owners = _possessors(clusters, codings)
    codings = [_of_possessor(cluster, coding, owners) for cluster, coding in zip(clusters, codings, strict=True)]
    return tuple(_actor(f"a{n}", cluster, codings[n - 1], page) for n, cluster in enumerate(clusters, 1))


def _possessors(clusters: Sequence[Cluster], codings: Sequence[Coding]) -> dict[tuple[int, int], str]:
    """Country of the entity that each possessive pronoun speaks of, by sentence and the index of the noun possessed."""
    found = {}
    for cluster, coding in zip(clusters, codings, strict=True):
        for member in cluster.members:
            if coding.country and member.is_pronoun and member.head.deprel == "nmod:poss":
                found[member.sentence.index, member.head.head] = coding.country
    return found


def _of_possessor(cluster: Cluster, coding: Coding, owners: Mapping[tuple[int, int], str]) -> Coding:
    """ "Its armed forces", "his government": a body of state has the country of the entity the pronoun speaks of."""
    if coding.country is not None or not INSTITUTIONS.intersection(coding.sectors):
        return coding
    places = ((member.sentence.index, member.head.index) for member in cluster.members if member.kind == "nominal")
    country = next((owners[place] for place in places if place in owners), None)
    return replace(coding, country=country)


def _is_actor(cluster: Cluster) -> bool:
    """A cluster with a mention to show; lone pronouns only where they surely speak of a person."""
    shown = [member for member in cluster.members if not member.silent]
    return bool(shown) and (cluster.sort == "person" or not all(member.is_pronoun for member in shown))


def _actor(id_: str, cluster: Cluster, coding: Coding, page: Page) -> Actor:
    best = min(
        (m for m in cluster.members if not m.silent),
        key=lambda member: (KIND_ORDER[member.kind], not member.entity, -len(member.words)),
    )
    mentions = {
        member.span: Mention(start=member.span.start, end=member.span.end, kind=member.kind)
        for member in cluster.members
        if not member.silent
    }
    return Actor(
        id=id_,
        name=_name(best, page),
        kind=_kind(cluster, coding),
        country=coding.country,
        sectors=coding.sectors,
        code=coding.code,
        reference=coding.reference,
        mentions=tuple(mentions.values()),
    )


def _name(best: Candidate, page: Page) -> str:
    """The entry's name, else the words of the fullest mention."""
    if best.entity is not None:
        return best.entity.name
    words = best.span.of(page.parse.text)
    if best.kind == "name":
        words = words[_name_offset(best, page) :]
    return " ".join(words.split())


def _name_offset(best: Candidate, page: Page) -> int:
    """Where the name proper begins inside its phrase."""
    tokens = best.sentence.tokens_in(best.span)
    wanted = len(best.words)
    for position in range(len(tokens)):
        if len(fold_words(page.parse.text[tokens[position].start : best.span.end])) == wanted:
            return tokens[position].start - best.span.start
    return 0


def _kind(cluster: Cluster, coding: Coding) -> str:
    if coding.kind != "unknown":
        return coding.kind
    return KINDS.get(cluster.sort, "unknown")


def code_cluster(cluster: Cluster, page: Page) -> Coding:
    """What the whole cluster is coded as.

    A title or apposition on the page comes first for the sectors ("opposition leader X"), the knowledge base for who it is; what neither
    says stays open.
    """
    entity = next((member.entity for member in cluster.members if member.entity), None) or _by_surname(cluster)
    known = page.knowledge.code(entity, on=page.on) if entity else Coding()
    said = [_said(member) for member in cluster.members if not member.is_pronoun]
    country = known.country or next((coding.country for coding in said if coding.country), None)
    stated = next((coding.sectors for coding in said if coding.sectors), ())
    sectors = stated if stated and (cluster.sort == "person" or not known.sectors) else known.sectors
    if entity is not None and entity.type != "person":
        sectors = known.sectors
    return Coding(country=country, sectors=sectors, kind=known.kind, reference=known.reference)


def _said(member: Candidate) -> Coding:
    """What one mention itself says: a name's title, a nominal's own words."""
    if member.kind == "name":
        sectors = member.stated.sectors or (() if member.entity else member.coding.sectors)
        return Coding(country=member.stated.country or member.coding.country, sectors=sectors)
    return member.coding


def _by_surname(cluster: Cluster) -> Entity | None:
    """The office-holder a bare surname stands for, where the page never gives a fuller name."""
    names = cluster.names
    if not names or any(len(name.words) > 1 for name in names):
        return None
    return next((name.surname_of for name in names if name.surname_of), None)
