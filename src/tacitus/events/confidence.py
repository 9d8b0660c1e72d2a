"""How sure an event is: a sum of named features of how it was found, turned into a probability.

The weights (`data/events/confidence.toml`) were fitted by logistic regression on what we annotated completely and kept from training
(`python -m benchmarks.confidence`); the figure is the share of such events whose type, actors and recipients are all right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from math import exp, log

from tacitus.events.proposal import MODEL_SLOT, Proposal
from tacitus.records import Factor
from tacitus.resources import data_path, load_toml

INDIRECT = frozenset({"content", "comp", "pattern", "complement", "in", "at"})
"""Slots that hold a party less surely than a subject or an object does."""


def features(proposal: Proposal, *, status: str) -> dict[str, float]:
    """The features that hold, each 1.0; where a model read the sentence, the log odds of type and sides."""
    candidate, entry = proposal.candidate, proposal.candidate.entry
    actor_slot, recipient_slot = proposal.filled_by
    both = bool(proposal.actors) and (bool(proposal.recipients) or len(proposal.actors) > 1)
    subjects = candidate.syntax.clause(candidate.light or candidate.token)
    holding = {
        "noun": entry.part == "noun" and candidate.light is None,
        "light_verb": candidate.light is not None,
        "several_words": len(entry.pattern.words) > 1,
        "conditions": bool(entry.conditions),
        "weak": entry.weak,
        "complement_known": bool(candidate.governed),
        "complement_unknown": entry.complement is not None and not candidate.governed,
        "no_actor": not proposal.actors,
        "no_recipient": not both and bool(proposal.actors),
        "indirect_recipient": bool(proposal.recipients) and recipient_slot in INDIRECT,
        "inherited_subject": actor_slot == "subj" and bool(subjects.how),
        "passive": subjects.passive,
        "several_recipients": len(proposal.recipients) > 1,
        "not_actual": status != "actual",
        "joined": bool(proposal.joined),
        "model_only": MODEL_SLOT in proposal.filled_by,
        f"type_{proposal.type}": True,
    }
    found = {name: 1.0 for name, holds in holding.items() if holds}
    seen = {"seen": proposal.seen, "actor_seen": proposal.roles_seen[0], "recipient_seen": proposal.roles_seen[1]}
    return found | {name: _log_odds(likely) for name, likely in seen.items() if likely is not None}


def _log_odds(likely: float) -> float:
    kept = min(max(likely, 0.01), 0.99)
    return log(kept / (1 - kept))


@cache
def _weights() -> Mapping[str, float]:
    return {
        name: float(weight) for name, weight in load_toml(data_path("events", "confidence.toml"))["weights"].items()
    }


def factors(proposal: Proposal, *, status: str) -> tuple[Factor, ...]:
    """What each feature that holds adds to the log odds, the bias first, then what moves them most."""
    weights = _weights()
    moved = {
        name: round(weights.get(name, 0.0) * value, 3) for name, value in features(proposal, status=status).items()
    }
    ordered = sorted(moved.items(), key=lambda item: (-abs(item[1]), item[0]))
    return tuple(Factor(name=name, weight=weight) for name, weight in [("bias", weights["bias"]), *ordered] if weight)


def probability(parts: Iterable[Factor]) -> float:
    """The probability that type, actors and recipients are all right, between 0.01 and 0.99."""
    total = sum(part.weight for part in parts)
    return round(min(0.99, max(0.01, 1 / (1 + exp(-total)))), 3)


@cache
def factor_words() -> Mapping[str, str]:
    """What each factor means, in words; `type_*` stands for every type."""
    words: Mapping[str, str] = load_toml(data_path("events", "factors.toml"))["words"]
    return words


def factor_told(name: str) -> str:
    """A factor in words; one that is not known by its name."""
    if name.startswith("type_"):
        return factor_words()["type_*"].format(name.removeprefix("type_"))
    return factor_words().get(name, name.replace("_", " "))
