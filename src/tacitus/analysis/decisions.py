"""Merging and splitting incidents by hand. What a person decides is kept, noted in the log, and wins over the machine afterwards."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from tacitus.analysis.grouping import settle
from tacitus.corpus.features import Weights
from tacitus.corpus.mentions import MentionId
from tacitus.corpus.summary import incident_id
from tacitus.errors import SettingsError
from tacitus.store import Store
from tacitus.store.incident_rows import ChangeRow, Decision, IncidentRow, ReportRow


def merge_incidents(store: Store, first: str, second: str, *, run: int) -> None:
    """Put the reports of `second` into `first`, which keeps its id. Raises SettingsError when one is not there or both are the same."""
    if first == second:
        raise SettingsError(f"{first}: an incident cannot be merged with itself")
    incidents = store.incidents
    kept, moved = (_reports(store, incident) for incident in (first, second))
    command = f"merge {first} {second}"
    with store.transaction():
        incidents.decide([Decision(command, True, kept[0].id, report.id) for report in moved], run=run)
        _move(store, moved, first, run=run)
        incidents.withdraw([second], run=run, merged_into=first)
        incidents.log([ChangeRow(run, second, "withdrawn", f"merged by hand into {first}")])
        settle(incidents, [first], run=run, detail=f"merged by hand with {second}", weights=Weights.load())


def split_incident(store: Store, incident: str, events: Sequence[MentionId], *, run: int) -> str:
    """Take these reports out of an incident into a new one; returns its id.

    Raises SettingsError when the incident is not there, an event is not in it, or none would be left.
    """
    reports = _reports(store, incident)
    wanted = set(events)
    if missing := wanted - {report.id for report in reports}:
        names = ", ".join(f"{id_.document}/{id_.event}" for id_ in sorted(missing))
        raise SettingsError(f"{incident}: has no report {names}; see: tacitus incidents show {incident}")
    moved = [report for report in reports if report.id in wanted]
    left = [report for report in reports if report.id not in wanted]
    if not left or not moved:
        raise SettingsError(f"{incident}: name some of its {len(reports)} reports, not all and not none")
    new = _free_id(store, moved[0].id, incident)
    command = f"split {incident} {' '.join(f'{id_.document}/{id_.event}' for id_ in events)}"
    with store.transaction():
        apart = [Decision(command, False, one.id, other.id) for one in moved for other in left]
        together = [Decision(command, True, moved[0].id, other.id) for other in moved[1:]]
        store.incidents.decide([*apart, *together], run=run)
        _move(store, moved, new, run=run)
        settle(store.incidents, [incident], run=run, detail=f"split by hand: {new}", weights=Weights.load())
        settle(store.incidents, [new], run=run, detail=f"split by hand from {incident}", weights=Weights.load())
    return new


def find_incident(store: Store, incident: str) -> IncidentRow:
    """The incident with this id, withdrawn or not. Raises SettingsError when there is none."""
    rows = store.incidents.rows([incident])
    if not rows:
        raise SettingsError(f"{incident}: no such incident; see: tacitus incidents list")
    return rows[0]


def _free_id(store: Store, founder: MentionId, incident: str) -> str:
    """The id that the founder gives an incident, so that it is the same when its page is read again; unless the old incident has it."""
    (mention,) = store.incidents.mentions([founder])
    new = incident_id(founder, mention.type)
    return new if not store.incidents.members([new], limit=1) else incident_id(founder, f"split from {incident}")


def _reports(store: Store, incident: str) -> list[ReportRow]:
    row = find_incident(store, incident)
    if row.withdrawn is not None:
        into = f"; its reports are in {row.merged_into}" if row.merged_into else ""
        raise SettingsError(f"{incident}: was withdrawn in run {row.withdrawn}{into}")
    return store.incidents.report_rows([incident])


def _move(store: Store, reports: Collection[ReportRow], incident: str, *, run: int) -> None:
    store.incidents.unassign([report.id for report in reports])
    rows = [ReportRow(incident, report.id, denies=report.denies, hand=True) for report in reports]
    store.incidents.assign(rows, run=run)
