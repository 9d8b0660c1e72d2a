"""What has been coded since the last time, put into stories and incidents: a batch of pages to a transaction, nothing else recomputed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict

from tacitus.analysis.naming import compare_all, name_groups
from tacitus.corpus.features import Comparison, Weights
from tacitus.corpus.joining import Group, join
from tacitus.corpus.mentions import ENOUGH, EventMention, Key, MentionId, keys_of
from tacitus.corpus.pages import Profile, WeighedPage, compare_pages, compare_unexplained, read_page, weigh_pages
from tacitus.corpus.summary import Summary, story_id, summarise
from tacitus.store import Store
from tacitus.store.incident_rows import ChangeRow, IncidentRow, ReportRow
from tacitus.store.incidents import Incidents
from tacitus.store.stories import PageRow, Stories, StoryRow

BATCH = 500  # pages to a transaction: enough for a day of news to be grouped at once
MAX_BLOCK = 200  # mentions of one batch in one block; more are a war, and its pages share other blocks


def update_incidents(store: Store, *, run: int, batch: int = BATCH) -> int:
    """Put all pages not yet seen into stories and their events into incidents; returns the number of pages.

    A killed run goes on where it stopped. What changed is noted under `run`.
    """
    weights, seen = Weights.load(), 0
    while pages := store.stories.pending(limit=batch):
        with store.transaction():
            join_stories(store.stories, pages, run=run, weights=weights)
            join_incidents(store, [page.document for page in pages], run=run, weights=weights)
        seen += len(pages)
    with store.transaction():
        settle(
            store.incidents, store.incidents.take_orphans(), run=run, detail="a page was coded again", weights=weights
        )
    return seen


def join_stories(stories: Stories, pages: Sequence[PageRow], *, run: int, weights: Weights) -> None:
    """Put pages into stories by their words."""
    profiles = {page.document: _profile(page, weights) for page in pages}
    bounds = weights.pages
    stories.add(list(profiles.values()))
    keys = {
        (id_, page.profile.published): page.keys(int(bounds["keys"])) for id_, page in _weigh(profiles, stories).items()
    }
    stories.add_keys(keys)
    candidates = stories.candidates(
        keys,
        window=int(bounds["window_days"]),
        shared=int(bounds["shared_keys"]),
        limit=int(bounds["candidates"]),
    )
    story_of = stories.stories_of({other for _, other in candidates})
    members = stories.members(set(story_of.values()), limit=int(weights.events["members"]))
    others = {profile.document: profile for profile in stories.profiles(members)}
    weighed = _weigh(others | profiles, stories)
    pairs = _story_pairs(candidates, profiles, story_of, members, limit=int(bounds["stories"]))
    comparisons = _compare_pages(weighed, pairs, weights)
    groups = join(list(profiles), comparisons, standing=members, threshold=bounds["threshold"])
    stories.put([row for group in groups for row in _story_rows(group, weighed, weights)], run=run)


def join_incidents(store: Store, documents: Collection[str], *, run: int, weights: Weights) -> None:
    """Put the events of these pages into incidents."""
    incidents = store.incidents
    told = {one.mention.id: one for one in incidents.pending(documents)}
    mentions = {id_: one.mention for id_, one in told.items()}
    decided = {(d.one, d.other): d.same for d in incidents.decisions()}
    keys = {id_: keys_of(mention, weights=weights) for id_, mention in mentions.items()}
    bounds = weights.events
    candidates = incidents.candidates(keys, enough=ENOUGH, limit=int(bounds["candidates"]))
    for id_, partner in _partners(mentions, decided, incidents):
        candidates.setdefault(id_, []).append(partner)
    wanted = {incident for found in candidates.values() for incident in found}
    members = incidents.members(wanted, limit=int(bounds["members"]))
    members |= incidents.incidents_of({id_ for pair in decided for id_ in pair if not mentions.keys().isdisjoint(pair)})
    everything = {**{mention.id: mention for mention in incidents.mentions(list(members))}, **mentions}
    members = {id_: incident for id_, incident in members.items() if id_ in everything}
    comparisons = compare_all(everything, _incident_pairs(candidates, keys, members), store.stories, weights)
    groups = join(list(mentions), comparisons, standing=members, threshold=bounds["threshold"], decided=decided)
    groups = name_groups(groups, mentions, candidates, store=store, weights=weights)
    rows = [row for group in groups for row in _report_rows(group, mentions)]
    incidents.assign(rows, run=run, facts=told)
    blocks: dict[str, set[Key]] = defaultdict(set)
    for row in rows:
        blocks[row.incident] |= keys[row.id]
    incidents.add_keys(blocks)
    refresh(incidents, blocks, run=run, detail="reported by another page")


def settle(incidents: Incidents, changed: Collection[str], *, run: int, detail: str, weights: Weights) -> None:
    """Bring incidents whose reports were taken away or moved up to date: facts, blocks and log; without a report they are withdrawn."""
    if not changed:
        return
    mentions = incidents.members(changed, limit=int(weights.events["members"]))
    found = {mention.id: mention for mention in incidents.mentions(list(mentions))}
    blocks: dict[str, set[Key]] = defaultdict(set)
    for id_, incident in mentions.items():
        if id_ in found:
            blocks[incident] |= keys_of(found[id_], weights=weights)
    incidents.drop_keys(changed)
    incidents.add_keys(blocks)
    refresh(incidents, blocks, run=run, detail=detail)
    gone = sorted(set(changed) - blocks.keys())
    incidents.withdraw(gone, run=run)
    incidents.log(ChangeRow(run, incident, "withdrawn", detail) for incident in gone)


def refresh(incidents: Incidents, ids: Collection[str], *, run: int, detail: str) -> None:
    """Write the facts of incidents anew from their reports, and note which are new and which differ from before."""
    before = {row.incident: row for row in incidents.rows(ids)}
    summaries = {incident: summarise(reports) for incident, reports in incidents.reports(ids).items()}
    changed = {id_: s for id_, s in summaries.items() if id_ not in before or _differs(before[id_], s)}
    incidents.save(changed, run=run)
    incidents.log(
        ChangeRow(
            run,
            id_,
            "changed" if id_ in before and before[id_].withdrawn is None else "new",
            detail if id_ in before else "",
        )
        for id_ in changed
    )


def _differs(row: IncidentRow, summary: Summary) -> bool:
    """Whether anything a reader sees is another: the place is compared by its entry, the rest field by field."""
    facts = asdict(summary)
    spot = facts.pop("spot") or {}
    (dead_low, dead_high), (injured_low, injured_high) = facts.pop("dead"), facts.pop("injured")
    facts |= {"dead_low": dead_low, "dead_high": dead_high, "injured_low": injured_low, "injured_high": injured_high}
    facts |= {"place": spot.get("name"), "geonameid": spot.get("geonameid"), "withdrawn": None}
    return any(getattr(row, name) != value for name, value in facts.items())


def _profile(page: PageRow, weights: Weights) -> Profile:
    return read_page(
        document=page.document, title=page.title, text=page.text, published=page.published, weights=weights
    )


def _weigh(profiles: Mapping[str, Profile], stories: Stories) -> dict[str, WeighedPage]:
    terms = {term for profile in profiles.values() for term in profile.terms.tolist()}
    return weigh_pages(list(profiles.values()), stories.telling(terms))


def _compare_pages(
    pages: Mapping[str, WeighedPage], pairs: Collection[tuple[str, str]], weights: Weights
) -> dict[tuple[str, str], Comparison]:
    partners: dict[str, list[str]] = defaultdict(list)
    for one, other in pairs:
        partners[one].append(other)
    found: dict[tuple[str, str], Comparison] = {}
    for one, others in partners.items():
        comparisons = compare_unexplained(pages[one], [pages[id_] for id_ in others], weights=weights)
        found |= {(one, other): comparison for other, comparison in zip(others, comparisons, strict=True)}
    return found


def _story_pairs(
    candidates: Sequence[tuple[str, str]],
    new: Collection[str],
    story_of: Mapping[str, str],
    members: Mapping[str, str],
    *,
    limit: int,
) -> set[tuple[str, str]]:
    """New pages with each other, and each with all members of the stories, at most so many, in which most candidates stand."""
    by_story: dict[str, list[str]] = defaultdict(list)
    for document, story in members.items():
        by_story[story].append(document)
    pairs = set()
    stories: dict[str, Counter[str]] = defaultdict(Counter)
    for document, other in candidates:
        if other in new:
            pairs.add((min(document, other), max(document, other)))
        elif other in story_of:
            stories[document][story_of[other]] += 1
    for document, counts in stories.items():
        pairs |= {(document, member) for story, _ in counts.most_common(limit) for member in by_story[story]}
    return pairs


def _story_rows(group: Group[str], pages: Mapping[str, WeighedPage], weights: Weights) -> list[StoryRow]:
    story = group.name or story_id(group.links[0].item)
    rows = []
    for link in group.links:
        page = pages[link.item]
        why = compare_pages(page, pages[link.to], weights=weights, explain=True) if link.to else None
        rows.append(
            StoryRow(
                story=story,
                document=link.item,
                published=page.profile.published,
                score=why.probability if why else None,
                to_document=link.to,
                because=why.features if why else (),
            )
        )
    return rows


def _partners(
    mentions: Collection[MentionId], decided: Mapping[tuple[MentionId, MentionId], bool], incidents: Incidents
) -> list[tuple[MentionId, str]]:
    """New mentions of which a person said something, with the incident of the mention it was about."""
    pairs = [
        (one, other)
        for pair in decided
        for one, other in (pair, pair[::-1])
        if one in mentions and other not in mentions
    ]
    standing = incidents.incidents_of([other for _, other in pairs])
    return [(one, standing[other]) for one, other in pairs if other in standing]


def _incident_pairs(
    candidates: Mapping[MentionId, list[str]], keys: Mapping[MentionId, set[Key]], members: Mapping[MentionId, str]
) -> set[tuple[MentionId, MentionId]]:
    by_incident: dict[str, list[MentionId]] = defaultdict(list)
    for id_, incident in members.items():
        by_incident[incident].append(id_)
    pairs = {
        (id_, member) for id_, found in candidates.items() for incident in found for member in by_incident[incident]
    }
    return pairs | _new_pairs(keys)


def _new_pairs(keys: Mapping[MentionId, set[Key]]) -> set[tuple[MentionId, MentionId]]:
    """Mentions of one batch that share enough blocks on days that meet."""
    blocks: dict[int, list[tuple[MentionId, Key]]] = defaultdict(list)
    for id_, found in keys.items():
        for key in found:
            blocks[key.key].append((id_, key))
    shared: dict[tuple[MentionId, MentionId], int] = defaultdict(int)
    for block in blocks.values():
        for n, (one, left) in enumerate(block[:MAX_BLOCK]):
            for other, right in block[n + 1 : MAX_BLOCK]:
                if left.day_from <= right.day_to and right.day_from <= left.day_to:
                    shared[min(one, other), max(one, other)] += max(left.strength, right.strength)
    return {pair for pair, strength in shared.items() if strength >= ENOUGH}


def _report_rows(group: Group[MentionId], mentions: Mapping[MentionId, EventMention]) -> list[ReportRow]:
    return [
        ReportRow(
            group.name or "",
            link.item,
            denies=mentions[link.item].denies,
            score=link.comparison.probability if link.comparison else None,
            to=link.to,
            because=link.comparison.features if link.comparison else (),
            hand=link.hand,
        )
        for link in group.links
    ]
