"""New items put beside those that stand: which group each joins, and what joined it."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from tacitus.corpus.clustering import cluster
from tacitus.corpus.features import Comparison

Item = TypeVar("Item", bound=Hashable)
Comparisons = Mapping[tuple[Item, Item], Comparison]


@dataclass(frozen=True, slots=True)
class Link(Generic[Item]):
    """A new item in its group: joined `to` which other one, and why; the founder of a group to none."""

    item: Item
    to: Item | None = None
    comparison: Comparison | None = None
    hand: bool = False


@dataclass(frozen=True, slots=True)
class Group(Generic[Item]):
    """A group that got new items. `name` is None for a new one, whose first link is its founder."""

    name: str | None
    links: tuple[Link[Item], ...]


def join(
    new: Sequence[Item],
    comparisons: Comparisons[Item],
    *,
    standing: Mapping[Item, str],
    threshold: float,
    decided: Mapping[tuple[Item, Item], bool] | None = None,
) -> list[Group[Item]]:
    """The groups of the new items. `decided`: pairs of which a person said that they are the same, or that they are not; this wins.

    Of standing items there should be enough to stand for their groups: a group is joined when the mean over those given is high enough.
    """
    items = [*standing, *(item for item in new if item not in standing)]
    there = set(items)
    words = {pair: same for pair, same in (decided or {}).items() if there.issuperset(pair)}
    vetoes = [pair for pair, comparison in comparisons.items() if comparison.veto is not None and not words.get(pair)]
    likely = {pair: comparison.probability for pair, comparison in comparisons.items()}
    groups = cluster(
        items,
        likely,
        threshold=threshold,
        standing=standing,
        together=[pair for pair, same in words.items() if same],
        apart=[*vetoes, *(pair for pair, same in words.items() if not same)],
    )
    best = _best(comparisons, likely)
    fresh = set(new) - standing.keys()
    return [_group(group, standing, fresh, best, words) for group in groups if not fresh.isdisjoint(group)]


def _best(
    comparisons: Comparisons[Item], likely: Mapping[tuple[Item, Item], float]
) -> dict[Item, list[tuple[Item, Comparison]]]:
    """For each item the others it was compared with, the likeliest first."""
    found: dict[Item, list[tuple[Item, Comparison]]] = {}
    for one, other in sorted(likely, key=lambda pair: -likely[pair]):
        comparison = comparisons[one, other]
        found.setdefault(one, []).append((other, comparison))
        found.setdefault(other, []).append((one, comparison))
    return found


def _group(
    group: Sequence[Item],
    standing: Mapping[Item, str],
    fresh: Collection[Item],
    best: Mapping[Item, list[tuple[Item, Comparison]]],
    words: Mapping[tuple[Item, Item], bool],
) -> Group[Item]:
    name = next((standing[item] for item in group if item in standing), None)
    members = set(group)
    hand = {item for pair, same in words.items() if same and members.issuperset(pair) for item in pair}
    links: list[Link[Item]] = []
    for item in group:
        if item not in fresh:
            continue
        is_founder = name is None and not links
        found = None if is_founder else next((pair for pair in best.get(item, []) if pair[0] in members), None)
        to, comparison = found or (None, None)
        links.append(Link(item, to, comparison, hand=item in hand))
    return Group(name, tuple(links))
