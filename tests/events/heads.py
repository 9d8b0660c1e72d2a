"""What a model might say of a sentence, written by hand: the outputs that the rooms read, in the order of the shipped graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from tacitus.events.reading import Floats, type_names
from tacitus.language.document import Sentence
from tacitus.ontology import STATUSES

ROLE = 128  # numbers of a role vector beside the one that carries the bias
BIAS = -3.0  # of both roles: most words play no part
SURE = 0.99
ORDER = ("O", *type_names())


@dataclass(frozen=True)
class Told:
    """What is said of one trigger: how likely each type is (the rest is no event), its status, the heads of its parties."""

    trigger: str
    types: Mapping[str, float]
    actors: Sequence[str] = ()
    recipients: Sequence[str] = ()
    status: Mapping[str, float] = field(default_factory=lambda: {"actual": SURE})
    party: float = SURE
    """How likely a word is the party that it is said to be."""


def handmade(sentence: Sentence, *told: Told) -> dict[str, Floats]:
    """The heads' outputs for a sentence: words of which nothing is told are no triggers."""
    size = len(sentence.tokens)
    places = {token.text: token.index for token in sentence.tokens}
    found = {
        "trigger": np.tile(log_odds({}, ORDER), (size, 1)),
        "status": np.tile(log_odds({"actual": SURE}, STATUSES), (size, 1)),
        "claimed": np.zeros(size, np.float32),
        "role_trigger": np.zeros((size, 2 * (ROLE + 1)), np.float32),
        "role_word": _word_vectors(size),
    }
    for one in told:
        row = places[one.trigger]
        found["trigger"][row] = log_odds(one.types, ORDER)
        found["status"][row] = log_odds(one.status, STATUSES)
        sides = [[places[word] for word in side] for side in (one.actors, one.recipients)]
        found["role_trigger"][row] = _trigger_vector(sides, size, one.party)
    return found


def log_odds(likely: Mapping[str, float], order: Sequence[str]) -> Floats:
    """Scores whose softmax gives these probabilities; the first label takes what is left."""
    shares = {order[0]: 1 - sum(likely.values())} | likely
    return np.log(np.array([max(1e-7, shares.get(name, 0.0)) for name in order], np.float32))


def _word_vectors(size: int) -> Floats:
    """Per role a number for each place in the sentence, 1 at the word's own; then a 1 for the bias."""
    one = np.zeros((size, ROLE + 1), np.float32)
    one[np.arange(size), np.arange(size)] = 1
    one[:, ROLE] = 1
    return np.concatenate([one, one], 1)


def _trigger_vector(sides: Sequence[Sequence[int]], size: int, likely: float) -> Floats:
    """Per role the log odds of every place, less the bias; then the bias."""
    found = []
    for side in sides:
        one = np.zeros(ROLE + 1, np.float32)
        one[:size] = -8.0
        one[list(side)] = np.log(likely / (1 - likely)) - BIAS
        one[ROLE] = BIAS
        found.append(one)
    return np.concatenate(found)
