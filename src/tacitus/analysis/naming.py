"""Which incident a group of new reports is: the one that its pages told of before they were coded again, else one with an id of its own."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from tacitus.corpus.features import Comparison, Weights
from tacitus.corpus.happenings import WeighedMention, compare_mentions
from tacitus.corpus.joining import Group
from tacitus.corpus.mentions import EventMention, MentionId
from tacitus.corpus.summary import incident_id
from tacitus.store import Store
from tacitus.store.incident_rows import IncidentRow
from tacitus.store.stories import Stories


def name_groups(
    groups: Sequence[Group[MentionId]],
    mentions: Mapping[MentionId, EventMention],
    candidates: Mapping[MentionId, Collection[str]],
    *,
    store: Store,
    weights: Weights,
) -> list[Group[MentionId]]:
    """The groups with names. `candidates`: the incidents with which a mention shares blocks.

    An incident that has lost all its reports, because their pages were coded again, is taken up by a group that tells of the same
    happening; whatever the number of its event is now, the id of the incident stays. Other new incidents get ids that none ever had.
    """
    founders = {group.links[0].item: group for group in groups if group.name is None}
    before = _before(founders, mentions, candidates, store=store, weights=weights)
    named = {id_: replace(group, name=before[id_]) if id_ in before else group for id_, group in founders.items()}
    found = [named.get(group.links[0].item, group) for group in groups]
    return _with_new_names(found, mentions, store=store)


def compare_all(
    mentions: Mapping[MentionId, EventMention],
    pairs: Collection[tuple[MentionId, MentionId]],
    stories: Stories,
    weights: Weights,
) -> dict[tuple[MentionId, MentionId], Comparison]:
    """Compare these pairs of mentions, their words weighed by how much they tell in the store."""
    involved = {id_ for pair in pairs for id_ in pair}
    telling = stories.telling({word for id_ in involved for word in mentions[id_].words})
    weighed = {id_: WeighedMention.of(mentions[id_], telling) for id_ in involved}
    return {pair: compare_mentions(weighed[pair[0]], weighed[pair[1]], weights=weights) for pair in sorted(pairs)}


def _before(
    founders: Collection[MentionId],
    mentions: Mapping[MentionId, EventMention],
    candidates: Mapping[MentionId, Collection[str]],
    *,
    store: Store,
    weights: Weights,
) -> dict[MentionId, str]:
    """For founders of new groups the incident that was lost and tells of the same, the likeliest pairs first; each is found once.

    That it is the same page, in the same story, speaks for nothing here: the page is there because it was coded again.
    """
    near = {id_: set(candidates.get(id_, ())) for id_ in founders}
    lost = store.incidents.lost(set().union(*near.values()), {id_.document for id_ in founders})
    told = {MentionId(f"{old.id.document} before", old.id.event): (incident, old) for incident, old in lost}
    pairs = [
        (id_, old)
        for old, (incident, mention) in told.items()
        for id_ in founders
        if incident in near[id_] or mention.id.document == id_.document
    ]
    everything = {**mentions, **{id_: replace(old, id=id_, story=None) for id_, (_, old) in told.items()}}
    likely = {
        pair: comparison.probability
        for pair, comparison in compare_all(everything, pairs, store.stories, weights).items()
    }
    found: dict[MentionId, str] = {}
    for id_, old in sorted(likely, key=lambda pair: (-likely[pair], pair)):
        incident = told[old][0]
        if likely[id_, old] >= weights.events["threshold"] and id_ not in found and incident not in found.values():
            found[id_] = incident
    return found


def _with_new_names(
    groups: Sequence[Group[MentionId]], mentions: Mapping[MentionId, EventMention], *, store: Store
) -> list[Group[MentionId]]:
    """Groups without a name get the id that their founder gives, or the next one that no incident has."""
    founders = {n: mentions[group.links[0].item] for n, group in enumerate(groups) if group.name is None}
    names = {n: incident_id(founder.id, founder.type) for n, founder in founders.items()}
    taken = {group.name for group in groups if group.name is not None}
    found = list(groups)
    while names:
        rows = {row.incident: row for row in store.incidents.rows(set(names.values()))}
        for n, name in list(names.items()):
            if name in taken or (name in rows and not _stood_for(rows[name], founders[n])):
                names[n] = incident_id(founders[n].id, name)
            else:
                found[n] = replace(groups[n], name=name)
                taken.add(names.pop(n))
    return found


def _stood_for(row: IncidentRow, mention: EventMention) -> bool:
    """Whether an incident was withdrawn that was the same by type, place and day: it stands again."""
    place = (mention.spot.geonameid, mention.spot.name) if mention.spot else (None, None)
    same_time = (row.day_from, row.day_to) == (mention.day_from, mention.day_to)
    return (
        row.withdrawn is not None
        and row.merged_into is None
        and row.type == mention.type
        and (row.geonameid, row.place) == place
        and same_time
    )
