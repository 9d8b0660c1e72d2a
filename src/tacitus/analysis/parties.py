"""Sides of a conflict: which state, or other party, somebody belongs to, and how to name it in a report."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tacitus.actors.tables import COUNTRY_COLUMNS
from tacitus.analysis.wording import Phrases
from tacitus.ontology import SECTORS
from tacitus.resources import data_path, load_tsv
from tacitus.store import EventRow, PartyRow


def side_of(party: PartyRow) -> str:
    """The country, else the code, else the name: what is counted together in dyads."""
    return party.country or party.code or party.name.lower()


def sides(parties: Iterable[PartyRow]) -> list[str]:
    """The distinct sides, in order."""
    return list(dict.fromkeys(side_of(party) for party in parties))


def side_names(events: Iterable[EventRow], *, phrases: Phrases) -> dict[str, str]:
    """How to name each side: countries as in the country table, PLOVER's international parties, sectors; else the actor's own name."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    known: dict[
        int, tuple[PartyRow, str, str]
    ] = {}  # the store gives one row to all events in which a party is the same
    for event in events:
        for party in (*event.actors, *event.recipients, *([event.speaker] if event.speaker else [])):
            if id(party) not in known:
                known[id(party)] = party, side_of(party), phrases.name(party)
            _, side, name = known[id(party)]
            seen[side][name] += 1
    countries = _country_names()
    return {side: _name(side, names, phrases, countries) for side, names in seen.items()}


class Identity(NamedTuple):
    """What makes two speakers look alike. `document` is told only for roles, which need not be the same person elsewhere."""

    name: str
    code: str | None
    reference: str | None
    document: str | None


def identity_of(party: PartyRow, document: str, *, phrases: Phrases) -> Identity:
    """The speaker's identity across documents."""
    is_role = party.reference is None and phrases.is_role(party.name)
    return Identity(phrases.bare(party.name), party.code, party.reference, document if is_role else None)


def speaker_keys(speakers: Iterable[tuple[PartyRow, str]], *, phrases: Phrases) -> dict[Identity, str]:
    """For each speaker, given with its document, the key under which its claims are gathered across documents.

    The knowledge base's id joins; else code and name without titles. A bare surname joins the one full name of the same code that ends
    in it; where there are two such, it stays by itself.
    """
    rows = {identity_of(party, document, phrases=phrases): party for party, document in speakers}
    surnames: dict[tuple[str | None, str], set[str]] = defaultdict(set)
    for identity, party in rows.items():
        if party.kind == "person" and " " in identity.name:
            surnames[identity.code, identity.name.rsplit(" ", 1)[1].lower()].add(_key(identity))
    keys = {}
    for identity, party in rows.items():
        candidates = surnames.get((identity.code, identity.name.lower()), set())
        joined = party.kind == "person" and " " not in identity.name and not identity.reference and len(candidates) == 1
        keys[identity] = next(iter(candidates)) if joined else _key(identity)
    return keys


def _key(identity: Identity) -> str:
    return identity.reference or "|".join((identity.code or "", identity.name.lower(), identity.document or ""))


def _name(side: str, names: Counter[str], phrases: Phrases, countries: Mapping[str, str]) -> str:
    if side in phrases.international:
        return phrases.international[side]
    country = countries.get(side)
    if country is not None:
        return phrases.with_article(country)
    if side in SECTORS:
        return f"{SECTORS[side]} (no country named)"
    return names.most_common(1)[0][0]


def _country_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for row in load_tsv(data_path("actors", "countries.tsv"), COUNTRY_COLUMNS):
        names.setdefault(row["code"], row["name"])
    return names
