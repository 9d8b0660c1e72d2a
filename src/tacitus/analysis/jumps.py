"""The days on which the score between two sides moved most against the week before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tacitus.analysis.incidents import Incident, most_prominent
from tacitus.analysis.tension import Tension

BEFORE = 7  # days that a day is compared with
LEAST = 2.0  # of the score; less is no jump


@dataclass(frozen=True, slots=True, kw_only=True)
class Jump:
    """A day, its score, the mean score of the days before it, and the incidents of the day that pull it that way."""

    day: date
    score: float
    before: float
    incidents: tuple[Incident, ...]

    @property
    def move(self) -> float:
        """How much the score rose (cooperation) or fell (conflict)."""
        return self.score - self.before


def jumps(series: Tension, *, limit: int) -> list[Jump]:
    """The largest ones of a series by day, in order of time. Days of which no page states anything are no jumps."""
    scores = {step.first: step.score for step in series.steps}
    found = []
    for step in series.steps:
        if not step.incidents:
            continue
        before = sum(scores.get(step.first - timedelta(days=n), 0.0) for n in range(1, BEFORE + 1)) / BEFORE
        rises = step.score > before
        made = [i for i in step.incidents if ((i.score or 0.0) > 0) == rises]
        jump = Jump(day=step.first, score=step.score, before=before, incidents=tuple(most_prominent(made)))
        if abs(jump.move) >= LEAST and made:
            found.append(jump)
    largest = sorted(found, key=lambda jump: -abs(jump.move))[:limit]
    return sorted(largest, key=lambda jump: jump.day)
