"""Code the events of an article: find triggers, fill frames, decide status, date, place, figures; assemble the records."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import NamedTuple

from tacitus.events.casualties import Casualties, find_casualties
from tacitus.events.confidence import factors, probability
from tacitus.events.contexts import ContextFinder
from tacitus.events.cuts import Cuts
from tacitus.events.governing import COOPERATIVE
from tacitus.events.lexicon import EventLexicon
from tacitus.events.merging import with_somebody
from tacitus.events.naming import is_in, word_list
from tacitus.events.obliging import find_demand
from tacitus.events.parties import Parties, Party
from tacitus.events.proposal import Proposal
from tacitus.events.proposals import Proposer
from tacitus.events.reading import Reading
from tacitus.events.recalled import Recall
from tacitus.events.revision import Revision
from tacitus.events.status import StatusFinding, status_in
from tacitus.events.status_own import Scene as StatusScene
from tacitus.events.status_time import Story
from tacitus.events.syntax import Syntax
from tacitus.events.triggers import find_candidates
from tacitus.events.voice import innermost_claim
from tacitus.events.whereabouts import Whereabouts
from tacitus.language.document import Parse, Sentence, Token
from tacitus.records import Actor, Article, Claim, Event, Participant, Place, Span, TimeValue

MAX_TRIGGER_WORDS = 7  # a trigger stretched wider ("imposed, after long talks, sanctions") is shown by its head alone
FUTURE_KEPT = frozenset(
    {"SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "PROTEST", "ACCUSE", "REJECT", "REQUEST", "THREATEN", "AGREE"}
)

STANCES = {
    "future": frozenset({"AGREE", "THREATEN"}),
    "hypothetical": frozenset({"AGREE", "THREATEN"}),
    "negated": frozenset({"REJECT"}),
}
"""Per status of the words, the types they may be the very act of: "will send" promises, "would strike" threatens, "will not" rejects."""


@dataclass(frozen=True)
class Coding:
    """What the events room found: events, all actors (those given and those it added), and triggers it did not code, with the reason."""

    events: tuple[Event, ...]
    actors: tuple[Actor, ...]
    rejected: tuple[tuple[Span, str], ...] = ()


def find_events(
    article: Article,
    parse: Parse,
    *,
    actors: Sequence[Actor],
    claims: Sequence[Claim],
    places: Sequence[Place],
    times: Sequence[TimeValue],
    lexicon: EventLexicon,
) -> Coding:
    """The events of an article, in text order, with ids e1, e2, ... Who a party is plays no role in what it did."""
    parties = Parties(parse, actors, lexicon.classes)
    contexts = ContextFinder(article, parse, lexicon.contexts)
    scene = _Scene(article, parse, claims, places, times, lexicon, parties, Recall(lexicon, parties), contexts)
    events: list[Event] = []
    rejected: list[tuple[Span, str]] = []
    for sentence in parse.sentences:
        if sentence.tokens:
            found, refused = _code_sentence(scene, sentence, first_id=len(events) + 1)
            events.extend(found)
            rejected.extend(refused)
    known = {actor.id for actor in actors}
    known.update(party.actor for event in events for party in (*event.actors, *event.recipients))
    taking_part = tuple(actor for actor in scene.parties.actors if actor.id in known)
    return Coding(events=tuple(events), actors=taking_part, rejected=tuple(rejected))


@dataclass(frozen=True)
class _Scene:
    """What stays the same over one article."""

    article: Article
    parse: Parse
    claims: Sequence[Claim]
    places: Sequence[Place]
    times: Sequence[TimeValue]
    lexicon: EventLexicon
    parties: Parties
    recall: Recall
    contexts: ContextFinder

    @property
    def published(self) -> str | None:
        """The day of publication as an ISO date."""
        return self.article.published[:10] if self.article.published else None

    @cached_property
    def anchor(self) -> date | None:
        try:
            return date.fromisoformat(self.published) if self.published else None
        except ValueError:
            return None  # a date the input gave in another form stays in the record, but anchors nothing

    @cached_property
    def story(self) -> Story:
        return Story(self.parse, self.anchor, self.times, self.lexicon.status)


@dataclass(frozen=True)
class _Passage:
    """What stays the same over one sentence. `owners`: for the head words of its events, whose they are; places with their indices."""

    sentence: Sentence
    owners: Mapping[int, Proposal]
    places: Sequence[tuple[int, Place]]
    times: Sequence[TimeValue]

    @classmethod
    def of(cls, sentence: Sentence, scene: _Scene, proposals: Sequence[Proposal]) -> _Passage:
        owners = {index: proposal for proposal in proposals for index in _heads(proposal)}
        start, end = sentence.start, sentence.end
        places = [
            (index, place) for index, place in enumerate(scene.places) if start <= place.start and place.end <= end
        ]
        return cls(sentence, owners, places, scene.story.times_in(sentence))


def _code_sentence(scene: _Scene, sentence: Sentence, *, first_id: int) -> tuple[list[Event], list[tuple[Span, str]]]:
    syntax, reading = Syntax(sentence), Reading(sentence)
    candidates, refused, look_alikes = find_candidates(syntax, scene.lexicon, scene.parties)
    rules = scene.lexicon.model if reading.is_known else None
    if not candidates and rules is None:
        return [], [(token.span, reason) for token, reason in refused]
    proposer = Proposer(syntax, scene.lexicon, scene.parties, scene.claims)
    proposals = proposer.propose(candidates)
    if rules is not None:
        proposals = _revised(
            proposals, Revision(reading, syntax, scene.parties, scene.lexicon, proposer.reject), none=look_alikes
        )
    scene.recall.complete(proposals, sentence.index, scene.parse.text)
    proposals = with_somebody(proposals, proposer.reject)
    events: list[Event] = []
    if proposals:
        passage = _Passage.of(sentence, scene, proposals)
        events = [_event(scene, passage, proposal, number) for number, proposal in enumerate(proposals, first_id)]
        scene.recall.note(proposals, events)
    return events, [(token.span, reason) for token, reason in refused + proposer.rejected]


def _revised(proposals: Sequence[Proposal], revision: Revision, *, none: Collection[int]) -> list[Proposal]:
    """The model reads over what the package's lexicon found. Of words of the user's it knows nothing: they stand as they are.

    Words whose indices are in `none` the lexicon lists as no event: the model adds nothing there.
    """
    own = [proposal for proposal in proposals if proposal.candidate.entry.own]
    taken = {*none, *(index for proposal in own for index in _heads(proposal))}
    read = revision.revise([proposal for proposal in proposals if not proposal.candidate.entry.own])
    kept = [*own, *(proposal for proposal in read if proposal.token.index not in taken)]
    return sorted(kept, key=lambda proposal: proposal.token.index)


def _heads(proposal: Proposal) -> list[int]:
    """Indices of the tokens whose dependants tell of this event."""
    candidate = proposal.candidate
    heads = [
        candidate.token.index,
        *(token.index for token in proposal.joined),
        *(word.index for word in candidate.nouns),
    ]
    return heads + ([candidate.light.index] if candidate.light is not None else [])


class _Judged(NamedTuple):
    """What a proposal comes to once its status is known; `claim` is the id of the claim that tells of it."""

    type: str
    mode: str | None
    cameo: str
    status: StatusFinding
    claim: str | None


def _judged(scene: _Scene, sentence: Sentence, proposal: Proposal) -> _Judged:
    """A demand is the speaker's own act, whatever claim it stands in."""
    status, demands = _demanded(scene, sentence, proposal, _status(scene, sentence, proposal))
    claim = None if demands else innermost_claim(scene.claims, proposal.token.span)
    return _Judged(*_folded(proposal, status, scene.lexicon), claim.id if claim is not None else None)


def _event(scene: _Scene, passage: _Passage, proposal: Proposal, number: int) -> Event:
    sentence, ontology = passage.sentence, scene.lexicon.ontology
    type_, mode, cameo, status, claim = _judged(scene, sentence, proposal)
    contexts = scene.contexts.find(sentence, proposal.token)
    figures = _figures(scene, sentence, proposal, type_ if type_ != proposal.type else proposal.base)
    told = Whereabouts(sentence, proposal, passage.owners)
    evidence = [*proposal.because, *_parties_told(scene, proposal), status.because]
    sureness = factors(proposal, status=status.status)
    return Event(
        id=f"e{number}",
        type=type_,
        mode=mode,
        contexts=tuple(finding.context for finding in contexts),
        actors=_participants(proposal.actors, scene, sentence),
        recipients=_participants(proposal.recipients, scene, sentence),
        trigger=_trigger_span(proposal),
        sentence=sentence.index,
        status=status.status,
        claim=claim,
        date=told.find_date(
            passage.times, times=scene.times, status=status.status, anchor=scene.anchor, published=scene.published
        ),
        place=told.find_place(passage.places, actors=scene.parties.actors),
        dead=figures.dead,
        injured=figures.injured,
        size=figures.size,
        score=ontology.score(type_, mode),
        quad=ontology.types[type_].quad,
        cameo=cameo or None,
        goldstein=ontology.goldstein(cameo),
        confidence=probability(sureness),
        because=(*evidence, *(finding.because for finding in contexts)),
        instruments=_instruments(scene, sentence, proposal),
        factors=sureness,
    )


def _participants(parties: Sequence[Party], scene: _Scene, sentence: Sentence) -> tuple[Participant, ...]:
    return tuple(dict.fromkeys(scene.parties.shown_at(party.participant, sentence) for party in parties))


def _parties_told(scene: _Scene, proposal: Proposal) -> list[str]:
    """Who takes part, and which construction says so; for a pronoun also whom it stands for."""
    lines = [] if proposal.actors else ["actor: nobody is named"]
    for label, parties in (("actor", proposal.actors), ("recipient", proposal.recipients)):
        for party in parties:
            if party.how:
                lines.append(f"{label} {scene.parties.told(party.participant)}: {party.how}")
    return list(dict.fromkeys(lines))


# ---------------------------------------------------------------- status


def _status(scene: _Scene, sentence: Sentence, proposal: Proposal) -> StatusFinding:
    """The status of the light verb, then of the trigger, then of the words joined to it: the first that is not actual."""
    candidate = proposal.candidate
    tokens = [token for token in (candidate.light, candidate.token) if token is not None]
    if candidate.light is not None and not is_in(candidate.light, "announced"):
        tokens = tokens[:1]
    if proposal.undone is not None:
        tokens = [proposal.undone]
    status = StatusScene(sentence, scene.lexicon.status, scene.story)
    findings = [status_in(status, token) for token in tokens]
    found = next((finding for finding in findings if finding.status != "actual"), findings[0])
    seen, rules = proposal.status_seen, scene.lexicon.model
    if (
        rules is None
        or seen is None
        or proposal.undone is not None
        or not _is_believed(seen, found.status, proposal.type, rules.cuts)
    ):
        return found
    return replace(
        found,
        status=seen[0],
        because=f"{seen[0]} as the model reads it ({seen[1]:.2f}), not {found.status}: {found.because}",
    )


def _is_believed(seen: tuple[str, float], found: str, type_: str, cuts: Cuts) -> bool:
    """Whether the model's status goes before the one that the rules found.

    Words that negate, condition or shift an event stand on the page; against them the model is followed only where they are the act.
    """
    status, likelihood = seen
    if status == found:
        return False
    if found == "actual":
        return likelihood >= (cuts.background if status == "historical" else cuts.status)
    return status == "actual" and type_ in STANCES.get(found, ()) and likelihood >= cuts.stance


def _folded(
    proposal: Proposal, status: StatusFinding, lexicon: EventLexicon
) -> tuple[str, str | None, str, StatusFinding]:
    """One single type beats a type with a status: cooperation to come is AGREE, giving way to come CONCEDE, "will not give" REJECT.

    A type of the user's keeps its status.
    """
    if lexicon.ontology.types[proposal.type].own:
        return proposal.type, proposal.mode, proposal.cameo, status
    table = None
    if status.status == "future" and proposal.type not in FUTURE_KEPT:
        table, what = lexicon.complements["promise"], "to come"
    elif status.status == "negated" and proposal.type in COOPERATIVE and _is_refusal(proposal):
        table, what = lexicon.complements["refuse"], "that will not be"
    outcome = table.for_cameo(proposal.cameo) if table is not None else None
    if outcome is None:
        return proposal.type, proposal.mode, proposal.cameo, status
    because = f"{proposal.type} {what} is {outcome.type} ({status.because})"
    return outcome.type, outcome.mode, outcome.cameo, replace(status, status="actual", because=because)


def _demanded(
    scene: _Scene, sentence: Sentence, proposal: Proposal, status: StatusFinding
) -> tuple[StatusFinding, bool]:
    """Turn what somebody says another must do into the speaker's demand, an act of its own; whether it was one."""
    if scene.lexicon.ontology.types[proposal.type].own:
        return status, False
    demand = find_demand(proposal, scene.claims, scene.lexicon)
    if demand is None or not sentence.span.contains(demand.speaker.span):
        return status, False
    proposal.actors, proposal.recipients = [Party(demand.speaker, how="who says it must be done")], [*demand.obliged]
    proposal.type, proposal.mode, proposal.cameo = demand.outcome.type, demand.outcome.mode, demand.outcome.cameo
    because = f"REQUEST: '{demand.word.text}', in what is said, asks for it ({status.because})"
    return replace(status, status="actual", because=because), True


def _is_refusal(proposal: Proposal) -> bool:
    """ "will not", "would never": said of one's own act, a negated future is a refusal."""
    verb = proposal.candidate.light or proposal.token
    auxiliaries = proposal.syntax.sentence.children(verb, "aux")
    clause = proposal.syntax.clause(verb)
    return not clause.passive and any(token.text.lower() in word_list("volition") for token in auxiliaries)


# ---------------------------------------------------------------- words and claims


def _trigger_span(proposal: Proposal) -> Span:
    candidate = proposal.candidate
    words = [*candidate.words, *([candidate.light] if candidate.light is not None else [])]
    first, last = min(words, key=lambda word: word.index), max(words, key=lambda word: word.index)
    if last.index - first.index >= MAX_TRIGGER_WORDS:
        return candidate.token.span
    return Span(first.start, last.end)


# ---------------------------------------------------------------- figures and weapons


def _figures(scene: _Scene, sentence: Sentence, proposal: Proposal, type_: str) -> Casualties:
    """Casualty figures at the trigger, else at a word joined to it."""
    dead = injured = size = None
    for token in (proposal.token, *proposal.joined):
        found = find_casualties(scene.parse, sentence, token, type=type_, words=scene.lexicon.casualties)
        dead, injured, size = dead or found.dead, injured or found.injured, size or found.size
    return Casualties(dead=dead, injured=injured, size=size)


def _instruments(scene: _Scene, sentence: Sentence, proposal: Proposal) -> tuple[Span, ...]:
    """Weapons named as means: "with rockets", "a car bomb attack", "fired mortars"."""
    if proposal.base not in ("ASSAULT", "COERCE", "PROTEST"):
        return ()
    found: list[Span] = []
    for head in (proposal.token, *proposal.candidate.nouns, *proposal.joined):
        for child in [head, *sentence.children(head, "obl", "nmod", "compound", "obj")]:
            preposition = proposal.syntax.preposition(child)
            if child is not head and child.relation in ("obl", "nmod") and preposition not in ("with", "using", "by"):
                continue
            if child.upos in ("NOUN", "PROPN") and scene.parties.belongs(child, ("weapon",)):
                span = _weapon_span(sentence, child)
                if span not in found:
                    found.append(span)
    return tuple(sorted(found))


def _weapon_span(sentence: Sentence, token: Token) -> Span:
    """The weapon with the words before it that belong to its name: "car bomb"."""
    first = token
    for child in sentence.children(token, "compound"):
        if child.index < first.index:
            first = child
    return Span(first.start, token.end)
