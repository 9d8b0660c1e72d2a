"""Do the example sentences of a user's ontology come out as the user expects?"""

from __future__ import annotations

from collections.abc import Sequence

from tacitus.ontology import Example
from tacitus.pipeline.coder import Coder
from tacitus.records import Article, Event, Participant


def failed_examples(examples: Sequence[Example], *, coder: Coder) -> list[tuple[Example, str]]:
    """The examples that are coded otherwise, each with what was found instead. Raises what goes wrong in coding."""
    found = []
    for number, example in enumerate(examples, 1):
        trace = coder.trace(Article(id=f"example {number}", text=example.text))
        faults = [_fault(event, example) for event in trace.record.events]
        matches = faults.count(None)
        if example.unwanted and matches:
            found.append((example, f"is coded as {_wanted(example)}, and should not be"))
        elif not example.unwanted and not matches:
            found.append((example, _instead(trace.record.events, faults, trace.rejected, example)))
    return found


def _fault(event: Event, example: Example) -> str | None:
    """The first thing in which an event is not what the example asks for; None when it is."""
    if example.type is not None and event.type != example.type:
        return f"is {event.type}, not {example.type}"
    if example.mode is not None and event.mode != example.mode:
        return f"has the mode {event.mode or 'none'}, not {example.mode}"
    if missing := [context for context in example.contexts if context not in event.contexts]:
        return f"is not in the context {missing[0]}"
    if example.status is not None and event.status != example.status:
        return f"is {event.status}, not {example.status}"
    for side, wanted, parties in (
        ("actors", example.actors, event.actors),
        ("recipients", example.recipients, event.recipients),
    ):
        told = _words(parties, example.text)
        if wanted is not None and {_bare(words) for words in wanted} != {_bare(words) for words in told}:
            return f"has the {side} {_list(told)}, not {_list(wanted)}"
    return None


def _words(parties: Sequence[Participant], text: str) -> list[str]:
    return [party.span.of(text) for party in parties]


def _bare(words: str) -> str:
    """Without case and article: "The city" is "city"."""
    words = words.lower().strip()
    return next((words.removeprefix(article) for article in ("the ", "a ", "an ") if words.startswith(article)), words)


def _list(words: Sequence[str]) -> str:
    return ", ".join(f"“{word}”" for word in words) or "none"


def _wanted(example: Example) -> str:
    return example.type or f"context {' and '.join(example.contexts)}"


def _instead(
    events: Sequence[Event], faults: Sequence[str | None], rejected: Sequence[tuple[object, str]], example: Example
) -> str:
    """What was found where the example failed: each event's fault, else why no word was coded."""
    if events:
        told = (f"“{event.trigger.of(example.text)}” {fault}" for event, fault in zip(events, faults, strict=True))
        return "; ".join(told)
    reasons = "; ".join(reason for _, reason in rejected)
    return f"no event found{f' ({reasons})' if reasons else ': none of its words is in the lexicon'}"
