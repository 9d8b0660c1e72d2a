"""Whether two event mentions tell of the same happening. Exchanging two parties' names in both mentions exchanges nothing in the answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tacitus.corpus.features import Comparison, Feature, Weights
from tacitus.corpus.mentions import COUNTRY, SETTLEMENT, EventMention, Side, Spot
from tacitus.corpus.words import Telling, Vector, counted
from tacitus.places.entry import distance_km

CLOSE = 0.3  # figures that differ by less than a third are near each other: 12 and 15 dead
RECIPROCAL_QUADS = ("CONSULT", "AGREE", "COOPERATE")


@dataclass(frozen=True, slots=True)
class WeighedMention:
    """A mention with the words of its sentence weighed."""

    mention: EventMention
    words: Vector

    @classmethod
    def of(cls, mention: EventMention, telling: Telling) -> WeighedMention:
        return cls(mention, Vector.of(counted(mention.words), telling))


def compare_mentions(one: WeighedMention, other: WeighedMention, *, weights: Weights) -> Comparison:
    """The features for and against. Symmetric."""
    left, right, table = one.mention, other.mention, weights.events
    veto = _days_veto(left, right, table) or _place_veto(left.spot, right.spot, table)
    if veto is None and not weights.related(left.type, right.type):
        veto = Feature("other_type", 0.0, f"{left.type}, {right.type}")
    if veto is not None:
        return Comparison(table["bias"], (), veto)
    likeness = one.words.cosine(other.words)
    names = [
        _type(left, right),
        *_parties(left, right),
        _place(left.spot, right.spot),
        _days(left, right),
        _figures(left, right),
        _page(left, right),
    ]
    features = [Feature(name, table[name], detail) for name, detail in filter(None, names)]
    features.append(Feature("same_words", round(table["same_words"] * likeness, 3), f"cosine {likeness:.2f}"))
    return Comparison(table["bias"], tuple(features))


Named = tuple[str, str] | None
"""The name of a feature, which is its weight's, and the detail; None when it tells nothing."""


def _type(left: EventMention, right: EventMention) -> Named:
    if left.type != right.type:
        return "related_type", f"{left.type}, {right.type}"
    if left.mode is not None and left.mode == right.mode:
        return "same_mode", f"{left.type} {left.mode}"
    return "same_type", left.type


def _parties(left: EventMention, right: EventMention) -> list[Named]:
    """The two sides of the event; parties without order where there are no recipients on either side."""
    if not left.recipients and not right.recipients:
        return [_same(left.actors, right.actors, "actor")]
    straight = [_same(left.actors, right.actors, "actor"), _same(left.recipients, right.recipients, "recipient")]
    if not left.recipients or not right.recipients:
        return [_same(left.parties, right.parties, "actor")] if left.type in RECIPROCAL_QUADS else straight
    crossed = _shared(_sides(left.actors), _sides(right.recipients)) and _shared(
        _sides(left.recipients), _sides(right.actors)
    )
    if crossed and left.type in RECIPROCAL_QUADS:
        return [_same(left.parties, right.parties, "actor")]
    if crossed and not _shared(_sides(left.actors), _sides(right.actors)):
        return [
            (
                "exchanged_parties",
                f"{_listed(_sides(left.actors))} acts in one, {_listed(_sides(right.actors))} in the other",
            )
        ]
    return straight


def _same(left: Iterable[Side], right: Iterable[Side], role: str) -> Named:
    left, right = tuple(left), tuple(right)
    if names := _shared({p.name for p in left if p.name}, {p.name for p in right if p.name}):
        return f"same_{role}", _listed(names)
    if codes := _shared({p.code for p in left if p.code}, {p.code for p in right if p.code}):
        return f"same_{role}_code", _listed(codes)
    if sides := _shared(_sides(left), _sides(right)):
        return f"same_{role}_side", _listed(sides)
    if not _sides(left) or not _sides(right):
        return None
    known = all(any(party.country or party.name for party in parties) for parties in (left, right))
    return f"{'other' if known else 'unlike'}_{role}", f"{_listed(_sides(left))}; {_listed(_sides(right))}"


def _sides(parties: Iterable[Side]) -> set[str]:
    return {party.side for party in parties if party.side is not None}


def _shared(left: Iterable[str], right: Iterable[str]) -> set[str]:
    return set(left) & set(right)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


def _place(left: Spot | None, right: Spot | None) -> Named:
    if left is None or right is None:
        return None
    if _is_same(left, right):
        return "same_place", left.name if left.country is None else f"both {left.name}, {left.country}"
    return "near_place", f"{left.name}, {right.name}"


def _is_same(left: Spot, right: Spot) -> bool:
    if left.geonameid is not None and right.geonameid is not None:
        return left.geonameid == right.geonameid
    return left.name.casefold() == right.name.casefold()


def _place_veto(left: Spot | None, right: Spot | None, table: Mapping[str, float]) -> Feature | None:
    """Two settlements that are no neighbours, or places in two countries."""
    if left is None or right is None or _is_same(left, right):
        return None
    detail = f"{left.name}; {right.name}"
    if left.country is not None and right.country is not None and left.country != right.country:
        return Feature("other_place", 0.0, detail)
    if left.level == right.level == SETTLEMENT and not _are_neighbours(left, right, table["neighbours_km"]):
        return Feature("other_place", 0.0, detail)
    if left.level == right.level != COUNTRY and left.level != SETTLEMENT:
        return Feature("other_place", 0.0, detail)
    return None


def _are_neighbours(left: Spot, right: Spot, km: float) -> bool:
    if left.lat is None or left.lon is None or right.lat is None or right.lon is None:
        return False
    return distance_km(left.lat, left.lon, right.lat, right.lon) <= km


def _days(left: EventMention, right: EventMention) -> Named:
    if left.day_from is None or left.day_to is None or right.day_from is None or right.day_to is None:
        return "undated", "a mention without a day"
    detail = f"{_period(left.day_from, left.day_to)}; {_period(right.day_from, right.day_to)}"
    both_told = left.day_basis == right.day_basis == "text"
    if (left.day_from, left.day_to) == (right.day_from, right.day_to) and both_told:
        return "same_day", _period(left.day_from, left.day_to)
    if both_told and _gap(left, right) > 0:
        return "days_differ", detail
    return ("days_near" if _gap(left, right) > 1 else "days_meet"), detail


def _days_veto(left: EventMention, right: EventMention, table: Mapping[str, float]) -> Feature | None:
    """Days named in both texts may differ by one (night, time zones); a page's own date may follow by the lag of reporting."""
    if left.day_from is None or left.day_to is None or right.day_from is None or right.day_to is None:
        return None
    both_told = left.day_basis == right.day_basis == "text"
    if _gap(left, right) <= (1 if both_told else table["reporting_lag_days"]):
        return None
    return Feature("other_days", 0.0, f"{_period(left.day_from, left.day_to)}; {_period(right.day_from, right.day_to)}")


def _gap(left: EventMention, right: EventMention) -> int:
    """Days between the two periods; 0 when they meet."""
    if left.day_from is None or left.day_to is None or right.day_from is None or right.day_to is None:
        return 0
    return max((right.day_from - left.day_to).days, (left.day_from - right.day_to).days, 0)


def _period(first: date, last: date) -> str:
    return first.isoformat() if first == last else f"{first.isoformat()} to {last.isoformat()}"


def _figures(left: EventMention, right: EventMention) -> Named:
    """The dead of both, else the injured of both."""
    for what, one, other in (("dead", left.dead, right.dead), ("injured", left.injured, right.injured)):
        if one is not None and other is not None:
            detail = f"{one} and {other} {what}"
            if one == other:
                return ("same_figures", detail) if one > 1 else ("close_figures", detail)
            return ("close_figures" if abs(one - other) <= CLOSE * max(one, other) else "other_figures"), detail
    return None


def _page(left: EventMention, right: EventMention) -> Named:
    if left.id.document == right.id.document:
        return "same_page", left.id.document
    if left.story is None or right.story is None:
        return None
    return ("same_story" if left.story == right.story else "other_story"), f"{left.story}; {right.story}"
