"""From rows of the store to what a reader wants to know: incidents, dyads, intensity over time, statements, open questions."""

from tacitus.analysis.basis import BASES, STANDINGS, basis_of, standing_of
from tacitus.analysis.dyads import QUADS, Dyad
from tacitus.analysis.incidents import Citation, Incident
from tacitus.analysis.intensity import Interval, unit
from tacitus.analysis.questions import KINDS, Question
from tacitus.analysis.situation import Situation, Volume, build_situation, situation
from tacitus.analysis.sources import Caveat, Source
from tacitus.analysis.statements import Allegation, Speaker, Statement

__all__ = [
    "BASES",
    "KINDS",
    "QUADS",
    "STANDINGS",
    "Allegation",
    "Caveat",
    "Citation",
    "Dyad",
    "Incident",
    "Interval",
    "Question",
    "Situation",
    "Source",
    "Speaker",
    "Statement",
    "Volume",
    "basis_of",
    "build_situation",
    "situation",
    "standing_of",
    "unit",
]
