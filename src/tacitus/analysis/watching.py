"""Watch rules: what somebody wants to be told of, in a file; and the alerts that a run gives.

[[rule]]
name = "shelling of the border"
type = "ASSAULT"            # or several: ["ASSAULT", "COERCE"]; left out: any type
between = ["MLI", "TCD"]    # codes or beginnings of codes, or parts of names; one or two, in either direction
quiet_days = 90             # only when nothing of the kind happened in so many days before: "the first in 90 days"
voice = "page"              # only what a page states itself; left out: also what pages only report as said by somebody

[[rule]]
name = "things get worse"
between = ["MLI", "TCD"]
falls_by = 15               # the week's sum of scores is so much lower than the mean of the weeks before
weeks = 4                   # so many of them
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from tacitus.analysis.incidents import Incident, fold, most_prominent
from tacitus.analysis.wording import Phrases
from tacitus.corpus.mentions import MentionId
from tacitus.errors import SettingsError
from tacitus.ontology import load_ontology
from tacitus.resources import load_toml
from tacitus.store import PartyRow, Store

KEYS = {"name", "type", "between", "voice", "quiet_days", "falls_by", "weeks", "least_documents"}
VOICES = ("any", "page")
WEEK = timedelta(days=7)
WEEKS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What to watch for. `falls_by` makes it a rule about the weekly sum of scores, else it is one about single incidents.

    `voice`: "page" for what a page states itself, "any" for what pages report somebody saying as well. `least_documents` counts pages of
    that voice.
    """

    name: str
    types: frozenset[str] = frozenset()
    between: tuple[str, ...] = ()
    voice: str = "any"
    quiet_days: int = 0
    least_documents: int = 1
    falls_by: float | None = None
    weeks: int = WEEKS


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A rule that was met. `change`: new · changed, of the incident; `why` says what the rule found; `incidents` are behind it."""

    rule: str
    run: int
    change: str
    why: str
    incidents: tuple[Incident, ...]


def read_rules(path: Path) -> list[Rule]:
    """The rules of a TOML file. Raises DataError when it cannot be read, SettingsError naming the rule that is wrong."""
    table = load_toml(path)
    rules = [_rule(item, f"{path}: rule {n}") for n, item in enumerate(table.get("rule", []), 1)]
    if not rules:
        raise SettingsError(f"{path}: holds no [[rule]]; see docs/incidents.md")
    if len({rule.name for rule in rules}) < len(rules):
        raise SettingsError(f"{path}: two rules have the same name")
    return rules


def evaluate(rules: Sequence[Rule], store: Store, run: int) -> list[Alert]:
    """The alerts for what is new or changed since run `run` began, that is in it and all later ones; rule by rule, the gravest first.

    An incident that changed alerts when it did not meet the rule by the reports of earlier runs; a weekly sum alerts when an incident of
    that week is new. What is only said by somebody counts unless the rule asks otherwise: its incidents say on whose word they stand.
    """
    changed = {row.incident: row.change for row in store.incidents.changes(since=run - 1) if row.change != "withdrawn"}
    days = [row.day_from for row in store.incidents.rows(changed) if row.day_from is not None]
    if not days:
        return []
    news = News(
        changed, frozenset(r.id for r in store.incidents.report_rows(changed) if r.run is None or r.run < run), run
    )
    rows = store.incidents.events(since=min(days) - _longest(rules))
    actual, denials = ([row for row in rows if row.status == status] for status in ("actual", "negated"))
    incidents = [
        i for i in fold(actual, phrases=Phrases.load(), denials=denials) if i.id is not None and i.day is not None
    ]
    return [alert for rule in rules for alert in _alerts(rule, incidents, news)]


class News(NamedTuple):
    """What came in: incident to new or changed; of the changed ones the reports that were there before; the first run that counts."""

    changed: Mapping[str, str]
    earlier: frozenset[MentionId]
    run: int

    def before(self, incident: Incident) -> Incident | None:
        """The incident as its earlier reports told it; None where there are none, or none that says it happened."""
        rows = [event for event in incident.events if MentionId(event.document, event.event) in self.earlier]
        return next(iter(fold(rows, phrases=Phrases.load())), None)


def _longest(rules: Sequence[Rule]) -> timedelta:
    """How far back the rules look, and a week more: the first of some weeks may begin before."""
    return WEEK + max(max(timedelta(days=rule.quiet_days), rule.weeks * WEEK) for rule in rules)


def _alerts(rule: Rule, incidents: Sequence[Incident], news: News) -> list[Alert]:
    of_kind = [incident for incident in incidents if _meets(rule, incident)]
    fresh = [incident for incident in of_kind if (incident.id or "") in news.changed]
    if rule.falls_by is not None:
        return _falls(
            rule, of_kind, [incident for incident in fresh if news.changed[incident.id or ""] == "new"], news.run
        )
    return [
        Alert(
            rule=rule.name, run=news.run, change=news.changed[incident.id or ""], why=_why(rule), incidents=(incident,)
        )
        for incident in most_prominent(fresh)
        if _is_enough(rule, incident) and _is_first(rule, incident, of_kind) and _is_news(rule, incident, news)
    ]


def _is_news(rule: Rule, incident: Incident, news: News) -> bool:
    """Whether the rule is met for the first time. Where all pages were read again nobody knows what was told of the incident before:
    it counts when the rule asks for more than that there is one."""
    if news.changed[incident.id or ""] == "new":
        return True
    before = news.before(incident)
    if before is None:
        return rule.least_documents > 1 or rule.voice == "page"
    return not (_meets(rule, before) and _is_enough(rule, before))


def _meets(rule: Rule, incident: Incident) -> bool:
    if rule.types and incident.type not in rule.types:
        return False
    if rule.voice == "page" and not incident.stated:
        return False
    first = incident.events[0]
    parties = (*first.actors, *first.recipients)
    if len(rule.between) == 1:
        return any(_is(party, rule.between[0]) for party in parties)
    if len(rule.between) == 2:
        one, other = rule.between
        return any(_is(p, one) and _is(q, other) for p in parties for q in parties if p.actor != q.actor)
    return True


def _is_enough(rule: Rule, incident: Incident) -> bool:
    return (incident.stated if rule.voice == "page" else incident.documents) >= rule.least_documents


def _is(party: PartyRow, wanted: str) -> bool:
    """As `tacitus report --actor`: the beginning of a code in any case, else a part of the name."""
    code = party.code or party.country or ""
    return code.startswith(wanted.upper()) or party.country == wanted.upper() or wanted.lower() in party.name.lower()


def _is_first(rule: Rule, incident: Incident, of_kind: Sequence[Incident]) -> bool:
    """Whether nothing of the kind happened in the quiet days before; of several on the same day the first reported counts."""
    if not rule.quiet_days or incident.day is None:
        return True
    start = incident.day - timedelta(days=rule.quiet_days)
    others = [(other.day, other.id or "") for other in of_kind if other.day is not None and start <= other.day]
    return min(others) == (incident.day, incident.id or "")


def _why(rule: Rule) -> str:
    return f"the first in {rule.quiet_days} days" if rule.quiet_days else "it meets the rule"


def _falls(rule: Rule, of_kind: Sequence[Incident], fresh: Sequence[Incident], run: int) -> list[Alert]:
    """One alert for each week in which something is new and the sum is so much below the mean of the weeks before."""
    mondays = sorted({_monday(incident.day) for incident in fresh if incident.day is not None})
    found = []
    for monday in mondays:
        now = _sum(of_kind, monday)
        before = sum(_sum(of_kind, monday - n * WEEK) for n in range(1, rule.weeks + 1)) / rule.weeks
        if rule.falls_by is not None and now <= before - rule.falls_by:
            told = _sum([incident for incident in of_kind if not incident.stated], monday)
            claimed = f" ({told:+.1f} of it only as said by somebody)" if told else ""
            why = (
                f"the sum of scores in the week of {monday} is {now:+.1f}{claimed}, "
                f"after a mean of {before:+.1f} in {rule.weeks} weeks"
            )
            behind = [i for i in of_kind if i.day is not None and _monday(i.day) == monday and (i.score or 0) < 0]
            found.append(Alert(rule=rule.name, run=run, change="new", why=why, incidents=tuple(most_prominent(behind))))
    return found


def _sum(incidents: Sequence[Incident], monday: date) -> float:
    return sum(i.score or 0.0 for i in incidents if i.day is not None and _monday(i.day) == monday)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _rule(item: Any, where: str) -> Rule:
    if not isinstance(item, Mapping) or not isinstance(item.get("name"), str):
        raise SettingsError(f'{where} has no name; write name = "..."')
    where = f"{where} ({item['name']})"
    if unknown := item.keys() - KEYS:
        raise SettingsError(f"{where}: unknown {', '.join(sorted(unknown))}; there are {', '.join(sorted(KEYS))}")
    types = frozenset(_words(item.get("type", []), where, "type"))
    if wrong := types - set(load_ontology().types):
        raise SettingsError(f"{where}: {', '.join(sorted(wrong))}: no such event type; see: tacitus explain ASSAULT")
    between = tuple(_words(item.get("between", []), where, "between"))
    if len(between) > 2:
        raise SettingsError(f"{where}: between takes one party or two")
    voice = item.get("voice", "any")
    if voice not in VOICES:
        raise SettingsError(f"{where}: voice must be one of {', '.join(VOICES)}")
    for key in ("quiet_days", "weeks", "falls_by", "least_documents"):
        value = item.get(key, 1)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or value <= 0:
            raise SettingsError(f"{where}: {key} must be a number above 0")
    return Rule(
        name=item["name"],
        types=types,
        between=between,
        voice=voice,
        quiet_days=int(item.get("quiet_days", 0)),
        least_documents=int(item.get("least_documents", 1)),
        falls_by=float(item["falls_by"]) if "falls_by" in item else None,
        weeks=int(item.get("weeks", WEEKS)),
    )


def _words(value: Any, where: str, key: str) -> list[str]:
    words = [value] if isinstance(value, str) else value
    if not isinstance(words, list) or not all(isinstance(word, str) and word for word in words):
        raise SettingsError(f"{where}: {key} must be a word or a list of words")
    return words
