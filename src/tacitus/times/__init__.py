"""Temporal expressions: found by a grammar, normalised to TIMEX3, resolved against the day of publication."""

from tacitus.times.finder import find_times

__all__ = ["find_times"]
