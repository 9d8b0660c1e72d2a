"""What a verb of asking, promising, refusing, threatening or accusing governs, and what that makes of it.

What is asked, promised, refused or threatened is no event beside the asking. What somebody is accused of is told by a claim.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from tacitus.events.arguments import Candidate, Slots
from tacitus.events.lexicon import Complement, EventLexicon, Outcome
from tacitus.events.naming import is_in, word_list
from tacitus.events.parties import Parties
from tacitus.events.syntax import Syntax
from tacitus.language.document import Token
from tacitus.records import Claim

COOPERATIVE = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"})
VERBAL_CONFLICT = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN"})
DEPTH = 2  # of the search for the governed event: deeper words are details of it
CLOSED = frozenset(
    {
        "compound",
        "amod",
        "acl:relcl",
        "nmod:poss",
        "punct",
        "nsubj",
        "det",
        "case",
        "mark",
        "aux",
        "parataxis",
        "obl:agent",
    }
)
"""Relations that do not lead to what is governed."""
YIELDING = frozenset({"request", "order", "promise", "plan", "refuse"})
"""Kinds of complement under which the end of a conflict is giving way; a threat or an accusation is not turned round."""
TABLES = {"order": "request", "plan": "promise", "threat_only": "threat"}
"""Kinds of complement that share another kind's table."""
EVENT_ONLY = frozenset({"plan", "threat_only"})
"""Kinds that a word of the table does not code: what is planned or warned of must be a known event."""

Reject = Callable[[Token, str], None]


def given_way(type_: str, cameo: str) -> tuple[str, str]:
    """Type and CAMEO code of ending or avoiding an event: conflict that ends is a retreat, cooperation stays what it is."""
    if type_ in COOPERATIVE or type_ in VERBAL_CONFLICT:
        return type_, cameo
    return "RETREAT", "087" if type_ in ("ASSAULT", "MOBILIZE") else "08"


class Governing:
    """Finds and judges what is governed, within one sentence."""

    def __init__(
        self, syntax: Syntax, lexicon: EventLexicon, parties: Parties, claims: Sequence[Claim], reject: Reject
    ) -> None:
        self._syntax = syntax
        self._lexicon = lexicon
        self._parties = parties
        self._claims = claims
        self._reject = reject

    def find(self, candidate: Candidate, by_token: Mapping[int, Candidate]) -> None:
        """Note in the candidate the events it governs, or a word that tells what it is about."""
        slots = Slots(candidate, self._parties)
        found, words = self._search(slots.clauses() + slots.governed_phrases(), by_token, candidate)
        if found is not None:
            siblings = (by_token.get(other.index) for other in self._syntax.sentence.children(found.token, "conj"))
            candidate.governed = [found, *(other for other in siblings if other is not None)]
            candidate.averting = self._averting(candidate, found)
        known = self._table(candidate).by_word
        candidate.governed_word = next((word for word in words if word.lemma.lower() in known), None)

    def _averting(self, candidate: Candidate, found: Candidate) -> Token | None:
        """The word between the two that ends or avoids what is governed ("called for an end to the shelling")."""
        own = {word.index for word in candidate.words}
        for above in self._syntax.sentence.ancestors(found.token):
            if above.index in own:
                return None
            if is_in(above, "averting"):
                return above
        return None

    def _table(self, candidate: Candidate) -> Complement:
        kind = candidate.entry.complement or ""
        return self._lexicon.complements[TABLES.get(kind, kind)]

    def _search(
        self, starts: Iterable[Token], by_token: Mapping[int, Candidate], candidate: Candidate
    ) -> tuple[Candidate | None, list[Token]]:
        """The nearest candidate below the starting points, and the words passed on the way."""
        own = {word.index for word in candidate.words}
        queue = [(token, 0) for token in starts]
        passed: list[Token] = []
        while queue:
            token, depth = queue.pop(0)
            if token.index in own:
                continue
            passed.append(token)
            other = by_token.get(token.index)
            if other is not None and other is not candidate:
                return other, passed
            if depth < DEPTH:
                queue.extend(
                    (child, depth + 1) for child in self._syntax.sentence.children(token) if self._leads_on(child)
                )
        return None, passed

    def _leads_on(self, token: Token) -> bool:
        if token.deprel in CLOSED:
            return False
        marks = self._syntax.sentence.children(token, "mark") if token.relation == "advcl" else []
        return not any(mark.lemma.lower() in word_list("own_clause") for mark in marks)

    def stands_in_a_claim(self, governor: Candidate, other: Candidate) -> bool:
        """What somebody is accused of is an event of the claim's where the claims room found one."""
        if governor.entry.complement != "accuse":
            return False
        return any(
            span.contains(other.token.span) and not span.contains(governor.token.span)
            for claim in self._claims
            for span in claim.content
        )

    def outcome(self, candidate: Candidate, governed: tuple[str, str] | None) -> Outcome | None:
        """Type, mode and code from what is governed; None when the governing word is then no event of its own.

        `governed` is the type and CAMEO code of the event governed, when there is one.
        """
        entry, table = candidate.entry, self._table(candidate)
        if governed is not None and candidate.averting is not None and entry.complement in YIELDING:
            governed = given_way(*governed)
        if governed is not None:
            return self._by_event(candidate, *governed, table)
        if candidate.governed_word is not None and entry.complement not in EVENT_ONLY:
            return self._coded(table.by_word[candidate.governed_word.lemma.lower()], candidate)
        if self._lacks_complement(candidate):
            what = f"'{entry.pattern}' could be {entry.name}, but what it is about is no event of the codebook"
            self._reject(candidate.token, what)
            return None
        if entry.mode is not None or entry.type != table.default.type:
            return Outcome(entry.type, entry.mode, entry.cameo)
        return self._coded(table.default, candidate)

    def _lacks_complement(self, candidate: Candidate) -> bool:
        """Whether the entry asks for a known event in what it governs, and nothing else it would do with is there."""
        lines = [line for line in candidate.entry.require if "complement" in line]
        slots = Slots(candidate, self._parties)
        return any(not any(slot != "complement" and slots.is_filled(slot) for slot in line) for line in lines)

    def _by_event(self, candidate: Candidate, type_: str, cameo: str, table: Complement) -> Outcome | None:
        kind, cooperative = candidate.entry.complement, type_ in COOPERATIVE
        if kind == "order" and (done := self._lexicon.complements["order"].for_cameo(cameo)) is not None:
            return self._coded(done, candidate)
        if kind == "promise" and not cooperative and (offered := table.for_cameo(cameo)) is not None:
            return self._coded(offered, candidate)
        if kind in ("promise", "plan") and not cooperative:
            if not is_in(candidate.token, "vowing") or type_ in VERBAL_CONFLICT:
                self._reject(
                    candidate.token, f"'{candidate.token.text}': what is planned is coded itself, with its status"
                )
                return None
            table = self._lexicon.complements["threat"]
        if kind == "threat_only" and (cooperative or type_ == "REQUEST"):
            self._reject(candidate.token, f"'{candidate.token.text}': what follows is no threat")
            return None
        return self._coded(table.for_cameo(cameo) or table.default, candidate)

    @staticmethod
    def _coded(outcome: Outcome, candidate: Candidate) -> Outcome:
        """An appeal is CAMEO 02, a demand 10, as the entry's code begins; a mode the outcome leaves open is the entry's."""
        first = "10" if candidate.entry.cameo.startswith("10") else "02"
        mode = outcome.mode
        if mode is None and outcome.type == candidate.entry.type:
            mode = candidate.entry.mode
        return Outcome(outcome.type, mode, outcome.cameo.replace("x", first))
