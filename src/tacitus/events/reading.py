"""What the model's event heads say of a sentence: at every word the likelihood of each type, and who takes part in it.

The heads were trained on our annotated corpus and on sentences of real news (`training/events/GUIDE.md`, the model card).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from tacitus.language.document import Sentence, Token
from tacitus.ontology import STATUSES, load_ontology

Floats = NDArray[np.float32]
Likelihoods = tuple[list[float], list[float]]


class Sight(NamedTuple):
    """The word that looks most like a trigger, its likeliest type and how likely that is; `event`: that some word of the pattern is one."""

    token: Token
    type: str
    probability: float
    event: float


class Role(NamedTuple):
    """A word that heads a party, and how likely it is the actor's or the recipient's."""

    token: Token
    actor: float
    recipient: float


class Reading:
    """The heads' outputs for one sentence as probabilities. `is_known` is False for a parse that another parser made."""

    def __init__(self, sentence: Sentence) -> None:
        self._sentence = sentence
        self._heads = sentence.heads
        self._likelihoods: dict[int, Likelihoods] = {}
        self.is_known = "trigger" in sentence.heads

    @cached_property
    def _types(self) -> Floats:
        """[words, 1 + types]; column 0: no event."""
        return _softmax(self._heads["trigger"])

    @cached_property
    def _rows(self) -> list[list[float]]:
        """The same as plain numbers: single words are asked for far more often than whole sentences."""
        return cast(list[list[float]], self._types.tolist())

    @cached_property
    def _events(self) -> list[float]:
        """For each word the probability that it is a trigger."""
        return cast(list[float], (1 - self._types[:, 0]).tolist())

    def probability(self, tokens: Sequence[Token], type_: str) -> float:
        """The highest probability of the type at one of the words."""
        column = type_names().index(type_) + 1
        return max(self._rows[token.index][column] for token in tokens)

    def seen(self, tokens: Sequence[Token]) -> Sight:
        """What is seen at the words of one pattern."""
        token = max(tokens, key=lambda token: self._events[token.index])
        row = self._rows[token.index]
        likeliest = max(row[1:])
        none = row[0] if len(tokens) == 1 else float(self._types[[token.index for token in tokens], 0].prod())
        return Sight(token, type_names()[row.index(likeliest, 1) - 1], likeliest, 1 - none)

    def triggers(self, cut: float) -> list[Sight]:
        """Every word that is a trigger with at least this probability."""
        (found,) = (self._types[:, 0] <= 1 - cut).nonzero()
        return [self.seen([self._sentence.tokens[index]]) for index in found.tolist()]

    def status(self, token: Token) -> tuple[str, float]:
        """The likeliest status of the event of a trigger, and how likely it is; the head's outputs are in the ontology's order."""
        row = _softmax(self._heads["status"][token.index][None])[0]
        best = int(row.argmax())
        return STATUSES[best], float(row[best])

    def likelihoods(self, trigger: Token) -> Likelihoods:
        """How likely each word heads the actor, and the recipient, of the trigger's event: a list for each side."""
        known = self._likelihoods.get(trigger.index)
        if known is None:
            vectors = self._heads["role_word"]
            products = vectors * self._heads["role_trigger"][trigger.index]
            odds = products.reshape(len(vectors), 2, -1).sum(-1)
            likely: Floats = 0.5 + 0.5 * np.tanh(0.5 * odds)  # the logistic function, without its overflow
            actors, recipients = likely.T.tolist()
            known = self._likelihoods[trigger.index] = (actors, recipients)
        return known

    def roles(self, trigger: Token, cut: float) -> list[Role]:
        """The heads of the parties, in text order: words that are actor or recipient with at least this probability."""
        each = zip(self._sentence.tokens, *self.likelihoods(trigger), strict=True)
        return [Role(token, actor, recipient) for token, actor, recipient in each if max(actor, recipient) >= cut]


@cache
def type_names() -> tuple[str, ...]:
    """The types in the order of the trigger head's outputs."""
    return tuple(load_ontology().types)


def _softmax(scores: Floats) -> Floats:
    exponentials = np.exp(scores - scores.max(1, keepdims=True))
    found: Floats = exponentials / exponentials.sum(1, keepdims=True)
    return found
