"""Where and when an event happened, as its own clause tells it.

A place or a day counts for an event when it hangs on the event's words, or on a word above them that is reached without leaving the
clause and that tells of no other event ("began a rally in Abuja" is where the rally was). Coordinated verbs share what the first
one says. Better nothing than a guess: what is said of another clause, of the parties or of the topic is no place of the event, and
the day of publication is given only to what the page tells as its news.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from tacitus.events.naming import word_list
from tacitus.events.proposal import Proposal
from tacitus.language.document import Sentence, Token
from tacitus.records import Actor, EventDate, Place, TimeValue

MATERIAL = frozenset(
    {"ASSAULT", "PROTEST", "COERCE", "MOBILIZE", "AID", "RETREAT"}
)  # acts that happen to bodies and things
STRIKING = frozenset({"ASSAULT", "MOBILIZE"})  # "over Japan" is where a missile flies, and only the topic of a dispute
CLAUSAL = ("ccomp", "advcl", "acl", "parataxis", "csubj", "appos", "discourse", "list")
LEAD = 5  # sentences in which a page tells its news; later ones without a day of their own are often background
FRESH = 2  # sentences in which "has attacked" is news
NEAR_SENTENCES = 2  # an old day named this shortly before still holds
OLD_DAYS = 7  # a day so long before the page is told as background
CLIMB = (
    4  # steps from the name of a place to the phrase it is a part of: "in a hotel in the centre of the town of Goma"
)
NATIONS = ("A.PCLI", "A.PCLS", "A.ADM1", "L.CONT")


@dataclass(frozen=True)
class Whereabouts:
    """What one sentence tells of one event. `owners`: for the head words of all events of the sentence, whose they are."""

    sentence: Sentence
    proposal: Proposal
    owners: Mapping[int, Proposal]

    # ------------------------------------------------------------ what belongs to the event

    @cached_property
    def heads(self) -> list[int]:
        """Indices of the event's own words."""
        return [index for index, owner in self.owners.items() if owner is self.proposal]

    @cached_property
    def _reached(self) -> dict[bool, set[int]]:
        """The indices of what `_reach` gives, with and without what is shared, each worked out once."""
        return {}

    def _reach(self, *, shared: bool) -> Iterator[Token]:
        """The event's words and those above them in the same clause, up to a word of another event.

        `shared`: also the verb that the event's is coordinated with or is a participle of.
        """
        tokens = self.sentence.tokens
        seen: set[int] = set()
        waiting = [tokens[index] for index in self.heads]
        while waiting:
            token = waiting.pop(0)
            if token.index in seen:
                continue
            seen.add(token.index)
            yield token
            governor = self.sentence.head(token)
            if governor is None or self._leaves_clause(token):
                continue
            is_sharing = token.relation == "advcl" or (
                token.relation == "conj" and token.upos == governor.upos == "VERB"
            )
            if (is_sharing and not shared) or (token.relation == "conj" and not is_sharing):
                continue
            if is_sharing or self.owners.get(governor.index) in (None, self.proposal):
                waiting.append(governor)

    def _leaves_clause(self, token: Token) -> bool:
        """Whether a word heads a clause of its own; a participle behind the verb ("marched, burning flags") shares its whereabouts."""
        if token.relation == "advcl":
            marked = self.sentence.child(token, "mark", "case", "advmod") is not None
            return marked or not token.text.lower().endswith("ing")
        return token.relation in CLAUSAL

    def _phrase(self, head: Token, *, shared: bool) -> list[Token]:
        """From the head of an expression up to the one that hangs on a word of this event; empty when it is told of something else."""
        if shared not in self._reached:
            self._reached[shared] = {token.index for token in self._reach(shared=shared)}
        reach, steps = self._reached[shared], [head]
        for above in self.sentence.ancestors(head):
            if above.index in reach:
                return steps
            if self._leaves_clause(steps[-1]) or self.owners.get(above.index) is not None:
                break
            steps.append(above)
        return []

    # ------------------------------------------------------------ place

    def find_place(self, within: Sequence[tuple[int, Place]], *, actors: Sequence[Actor]) -> int | None:
        """The index of the place: with a preposition of place first, then one that is itself struck, then that of the dateline.

        `within` are the places in the sentence with their indices.
        """
        if not within:
            return None
        named = [(index, place, self.sentence.head_of(place.span)) for index, place in within]
        usable = [
            (index, place, head)
            for index, place, head in named
            if head is not None and head.index >= self.proposal.syntax.dateline and not self._is_adjective(head, place)
        ]
        tests = (
            lambda head, place: self._is_where(head, place, shared=False),
            self._is_struck,
            lambda head, place: self._is_where(head, place, shared=True),
        )
        for test in tests:
            for index, place, head in usable:
                if test(head, place):
                    return index
        return self._dateline(within, actors)

    @staticmethod
    def _is_adjective(head: Token, place: Place) -> bool:
        """Whether the name is an adjective or a people's ("Sudanese", "Russians"), in which nothing happens."""
        return head.upos == "ADJ" or (head.feats.get("Number") == "Plur" and place.feature in NATIONS)

    def _is_where(self, head: Token, place: Place, *, shared: bool) -> bool:
        locative = self._locative(head)
        if locative is None:
            return False
        preposition = self.proposal.syntax.preposition(locative)
        if preposition == "over" and self.proposal.base not in STRIKING:
            return False
        if preposition == "on" and place.feature in NATIONS:
            return False
        steps = self._phrase(locative, shared=shared)
        return bool(steps) and self._is_placed(steps)

    def _locative(self, head: Token) -> Token | None:
        """The word of a phrase of place that a name stands in: itself, or the town, street or building that it tells more of."""
        token = head
        for _ in range(CLIMB):
            preposition = self.proposal.syntax.preposition(token)
            if preposition in word_list("whereabouts"):
                return token
            governor = self.sentence.head(token)
            partitive = (
                preposition == "of" or token.deprel in ("nmod:poss", "appos") or token.relation in ("compound", "flat")
            )
            if governor is None or not partitive or preposition not in ("", "of"):
                return None
            if governor.lemma.lower() not in word_list("localities") and governor.upos != "PROPN":
                return None
            token = governor
        return None

    def _is_placed(self, steps: Sequence[Token]) -> bool:
        """Whether a phrase of place tells of the act: directly, or through what a bodily act is done to ("killed guests in Goma")."""
        outer = steps[-1]
        if len(steps) == 1:
            return outer.relation in ("obl", "nmod", "advmod", "nsubj", "obj", "dep", "compound", "appos")
        if outer.relation in ("obl", "nmod") and self.proposal.syntax.preposition(outer) in word_list("whereabouts"):
            return True
        return self.proposal.base in MATERIAL and outer.relation in ("obj", "nsubj", "iobj", "nmod")

    def _is_struck(self, head: Token, place: Place) -> bool:
        """Whether the place is what an assault is made on: shelled Goma, the invasion of Kuwait, the Goma attacks; not who makes it."""
        if self.proposal.base != "ASSAULT":
            return False
        if any(party.participant.span.overlaps(place.span) for party in self.proposal.actors):
            return False
        for above, relation in self._governed(head):
            if above.upos == "VERB":
                return relation in ("obj", "nsubj:pass")
            return (relation in ("compound", "nmod:poss") and place.feature not in NATIONS) or (
                relation == "nmod" and self.proposal.syntax.preposition(head) in ("of", "on", "against")
            )
        return False

    def _governed(self, head: Token) -> Iterator[tuple[Token, str]]:
        """The word of the event that the name hangs on, and how."""
        governor = self.sentence.head(head)
        if governor is not None and governor.index in self.heads:
            yield governor, head.deprel if head.deprel in ("nsubj:pass", "nmod:poss") else head.relation

    def _dateline(self, within: Sequence[tuple[int, Place]], actors: Sequence[Actor]) -> int | None:
        """The dateline's place, for the main act of its sentence when that of somebody of the country."""
        end = self.proposal.syntax.dateline
        if not end or self.sentence.root.index not in self.heads:
            return None
        before = self.sentence.tokens[end - 1].start
        acting = {party.participant.actor for party in self.proposal.actors}
        countries = {actor.country for actor in actors if actor.id in acting}
        return next((i for i, place in within if place.end <= before and place.country in countries), None)

    # ------------------------------------------------------------ date

    def find_date(
        self,
        within: Sequence[TimeValue],
        *,
        times: Sequence[TimeValue],
        status: str,
        anchor: date | None,
        published: str | None,
    ) -> EventDate | None:
        """The day the clause tells; else, for an actual event that the page tells as its news, the day of publication.

        `within` are the times of the sentence, `times` those of the page.
        """
        told = self._told(within, shared=False) or self._told(within, shared=True)
        if told is not None:
            return told if told.from_ is not None else None
        if status != "actual" or anchor is None or not self._is_news(times, anchor):
            return None
        return EventDate(from_=published, to=published, basis="published")

    def _told(self, times: Sequence[TimeValue], *, shared: bool) -> EventDate | None:
        """The first days the clause tells; without days when it tells only some that are not known or are mere limits."""
        told = None
        for time in times:
            head = self.sentence.head_of(time.span) if self.sentence.span.contains(time.span) else None
            if head is None or time.kind not in ("DATE", "TIME") or not self._phrase(head, shared=shared):
                continue
            if time.from_ is not None and not self._is_bound(head, time):
                return EventDate(from_=time.from_, to=time.to or time.from_, basis="text")
            told = EventDate()
        return told

    def _is_bound(self, head: Token, time: TimeValue) -> bool:
        """Whether the words around a time make it an end and not the time of the act: since 2009, until Friday, before dawn."""
        cases = {child.lemma.lower() for child in self.sentence.children(head, "case", "mark")}
        before = self.sentence.tokens_in(time.span)[:1]
        first = before[0].index if before else head.index
        cases |= {self.sentence.tokens[first - 1].text.lower()} if first else set()
        return bool(cases & word_list("time_bounds"))

    def _is_news(self, times: Sequence[TimeValue], anchor: date) -> bool:
        """Whether the page tells the event as news of its day: early on, in a main clause, with a verb that tells what has just been."""
        if self.sentence.index >= LEAD or self._is_old_story(times, anchor):
            return False
        token = self.sentence.tokens[
            self.proposal.candidate.light.index if self.proposal.candidate.light else self.proposal.token.index
        ]
        return self._tells_news(token)

    def _tells_news(self, token: Token) -> bool:
        for _ in range(len(self.sentence.tokens)):
            if token.upos in ("VERB", "AUX") and not self._is_fresh(token):
                return False
            if token.upos in ("NOUN", "PROPN") and self._is_known(token):
                return False
            governor = self.sentence.head(token)
            if governor is None:
                return True
            if token.relation in ("acl", "csubj") or (token.relation == "advcl" and self._leaves_clause(token)):
                return False
            if token.relation == "ccomp" and self.sentence.index >= FRESH:
                return False
            token = governor
        return False

    def _is_fresh(self, verb: Token) -> bool:
        """Whether the verb tells what has just been: no pluperfect, no "already"; a perfect only where the page begins."""
        if any(
            child.lemma.lower() in word_list("background_adverbs") for child in self.sentence.children(verb, "advmod")
        ):
            return False
        have = next((aux for aux in self.sentence.children(verb, "aux") if aux.lemma == "have"), None)
        if have is None:
            return True
        return have.text.lower() not in ("had", "'d", "’d") and self.sentence.index < FRESH

    def _is_known(self, noun: Token) -> bool:
        """Whether an act told by a noun is one the reader is taken to know: "the attack", "his arrest", "the Goma attacks"."""
        if noun.index not in self.heads:
            return False
        known = any(child.text.lower() in word_list("known") for child in self.sentence.children(noun, "det"))
        return known or self.sentence.child(noun, "nmod:poss") is not None

    def _is_old_story(self, times: Sequence[TimeValue], anchor: date) -> bool:
        """Whether the sentences just before tell of an old day, so that this one goes on about it."""
        last = None
        for time in times:
            if time.end <= self.sentence.start and time.to is not None and time.kind in ("DATE", "TIME"):
                last = time
        if last is None or last.to is None or self.sentence.start - last.end > NEAR_SENTENCES * 200:
            return False
        return date.fromisoformat(last.to[:10]) < anchor - timedelta(days=OLD_DAYS)
