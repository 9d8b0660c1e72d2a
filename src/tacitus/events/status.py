"""The status of an event: actual, negated, future, hypothetical, habitual or historical, with the words that make it so.

The status of a word is what its own clause says (`status_clause`, `status_time`), then what governs the clause makes of that
(`status_scope`, `governors.toml`), up the tree until a clause stands on its own. Who reports the event plays no part: that is a claim.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from tacitus.events import status_clause as clause
from tacitus.events import status_time as time
from tacitus.events.forms import is_listed, lemma_candidates
from tacitus.events.status_clause import Cue, lower
from tacitus.events.status_cues import SAME, Governor, StatusCues
from tacitus.events.status_scope import Link, conjunction_head, find_link, governor_keys
from tacitus.language.document import Parse, Sentence, Token
from tacitus.records import Span, TimeValue

__all__ = ["StatusCues", "StatusFinding", "find_status"]

ACTUAL = "actual"
UNREAL = ("future", "hypothetical")
MAX_DEPTH = 12  # governors above an event; deeper chains are damaged trees


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusFinding:
    """A status and its evidence: one readable line, and the words that made it (None for plain `actual`)."""

    status: str
    because: str
    span: Span | None


@dataclass(frozen=True)
class _Scene:
    """What stays the same while one trigger is looked at."""

    sentence: Sentence
    cues: StatusCues
    story: time.Story


def find_status(
    parse: Parse,
    sentence: Sentence,
    trigger: Token,
    *,
    cues: StatusCues,
    anchor: date | None = None,
    times: Sequence[TimeValue] = (),
) -> StatusFinding:
    """The status of the event that `trigger`, a verb or an event noun, carries.

    `anchor` is the story's date; without it, the latest year the text names stands in when years are compared.
    """
    scene = _Scene(sentence, cues, time.Story(parse, anchor, times, cues))
    cue = _status(scene, trigger, 0)
    if cue.status == ACTUAL:
        because = f"status actual: nothing negates, conditions or shifts '{trigger.text}'"
        return StatusFinding(status=ACTUAL, because=because, span=None)
    span = Span(min(token.start for token in cue.tokens), max(token.end for token in cue.tokens))
    return StatusFinding(status=cue.status, because=f"status {cue.status}: {cue.reason} '{trigger.text}'", span=span)


def _actual(token: Token) -> Cue:
    return Cue(ACTUAL, (token,), "")


def _status(scene: _Scene, token: Token, depth: int) -> Cue:
    """The status of a word, all it is governed by included."""
    own = _own(scene, token)
    return own if depth > MAX_DEPTH else _combine(own, _from_above(scene, token, depth))


def _combine(own: Cue, above: Cue) -> Cue:
    """What the clause says of its event, seen from outside: a negated plan is negated, a feared failure hypothetical."""
    if own.status == ACTUAL or above.status == ACTUAL:
        return above if own.status == ACTUAL else own
    if above.status == "hypothetical":
        return above
    if above.status == "negated":
        twice = own.status == "negated" and not {token.index for token in own.tokens} & {
            token.index for token in above.tokens
        }
        return replace(above, status=ACTUAL) if twice else above
    return own


# --- the word's own clause


def _own(scene: _Scene, token: Token) -> Cue:
    first = conjunction_head(scene.sentence, token)
    cue = _predicate(scene, token) if clause.is_predicate(scene.sentence, token) else _noun(scene, token)
    if cue.status != ACTUAL or first is token:
        return cue
    return _shared(scene, token, first)


def _shared(scene: _Scene, token: Token, first: Token) -> Cue:
    """What a later conjunct takes over from the first: auxiliaries and negation when it has no subject or tense of its own."""
    sentence = scene.sentence
    if not clause.is_predicate(sentence, token):
        words = {lower(cc) for cc in sentence.children(token, "cc")}
        shared = _noun(scene, first) if words & {"or", "nor"} else _actual(token)
        return shared if not clause.is_predicate(sentence, first) else _actual(token)
    cue = _predicate(scene, first) if clause.is_predicate(sentence, first) else _actual(token)
    if cue.status == "historical" and time.future_cue(sentence, token, scene.story) is None:
        return cue
    if any(lower(cc) == "but" for cc in sentence.children(token, "cc")) and cue.status == "negated":
        return _actual(token)
    own_subject = clause.subject_of(sentence, token) is not None
    own_tense = _has_tense(scene, token, first) or sentence.child(token, "aux", "cop") is not None
    return _actual(token) if own_subject or own_tense else cue


def _has_tense(scene: _Scene, token: Token, first: Token) -> bool:
    """Whether a later conjunct is finite; beside an auxiliary that takes the plain form ("will hear and rule"), plain forms are not."""
    takes_plain = any(aux.lemma not in ("be", "have") for aux in scene.sentence.children(first, "aux"))
    plain = token.feats.get("Tense") != "Past" and not lower(token).endswith("s")
    return token.feats.get("VerbForm") == "Fin" and not (takes_plain and plain)


def _predicate(scene: _Scene, token: Token) -> Cue:
    """The status that a clause gives its predicate."""
    sentence, cues = scene.sentence, scene.cues
    negator = clause.find_negation(sentence, token, cues)
    modal = clause.find_modal(sentence, token, cues)
    if mark := clause.conditional_mark(sentence, token, cues):
        return Cue("hypothetical", (mark,), f"'{mark.text}' makes a condition of")
    if modal is not None:
        return _modal(scene, token, modal, negator)
    if clause.is_yes_no_question(sentence, token):
        return Cue("hypothetical", (token,), "a question asks about")
    if negator is not None:
        return Cue("negated", (negator,), f"'{negator.text}' negates")
    if clause.is_imperative(sentence, token):
        return Cue("hypothetical", (token,), "an order asks for")
    if adverb := clause.modal_adverb(sentence, token, cues):
        return Cue("hypothetical", (adverb,), f"'{adverb.text}' leaves open")
    return _temporal_clause(scene, token) or _generic(scene, token) or _tense(scene, token)


def _modal(scene: _Scene, token: Token, modal: Token, negator: Token | None) -> Cue:
    sentence, cues = scene.sentence, scene.cues
    condition = clause.has_condition(sentence, token, cues)
    if condition is not None:
        return Cue("hypothetical", (condition, modal), f"'{condition.text}' puts a condition on")
    if (
        negator is not None
        and modal.lemma not in cues.words["negation.epistemic"]
        and not clause.is_perfect(sentence, token)
    ):
        return Cue("negated", (modal, negator), f"'{modal.text} … {negator.text}' negates")
    if modal.lemma == "would" and (habit := time.habitual_cue(sentence, token, scene.story)):
        return habit
    announced = modal.lemma == "would" and not clause.is_perfect(sentence, token) and _is_announced(scene, token)
    if modal.lemma in cues.words["modality.future"] or lower(modal) in cues.words["modality.future"] or announced:
        if clause.is_yes_no_question(sentence, token):
            return Cue("hypothetical", (modal,), "a question asks about")
        return Cue("future", (modal,), f"'{modal.text}' puts ahead")
    return Cue("hypothetical", (modal,), f"'{modal.text}' leaves open")


def _is_announced(scene: _Scene, token: Token) -> bool:
    """Whether "would" stands in reported speech, where it is the past of "will"."""
    top = conjunction_head(scene.sentence, token)
    head = scene.sentence.head(top)
    speech = scene.cues.words["modality.speech"]
    if top.relation == "ccomp" and head is not None and head.lemma in speech:
        return True
    return any(aside.lemma in speech for aside in scene.sentence.children(top, "parataxis"))


def _temporal_clause(scene: _Scene, token: Token) -> Cue | None:
    """ "Until the hostages are freed": present tense beside a main clause that is not past."""
    if token.relation != "advcl":
        return None
    head = scene.sentence.head(token)
    for mark in scene.sentence.children(token, "mark", "advmod"):
        word = clause.phrase_from(scene.sentence, mark)
        if word in scene.cues.words["conditional.recurrent"]:
            return Cue("habitual", (mark,), f"'{mark.text}' makes a practice of")
        present = (
            clause.is_present(scene.sentence, token) and head is not None and not clause.is_past(scene.sentence, head)
        )
        if word in scene.cues.words["conditional.temporal"] and present:
            return Cue("hypothetical", (mark,), f"'{mark.text}' waits for")
    return None


def _generic(scene: _Scene, token: Token) -> Cue | None:
    """ "Those who attack will pay": a relative clause in the present about nobody in particular."""
    head = scene.sentence.head(token)
    if token.deprel != "acl:relcl" or head is None or not clause.is_present(scene.sentence, token):
        return None
    dets = [lower(det) for det in scene.sentence.children(head, "det")]
    if lower(head) in ("those", "anyone", "anybody", "whoever") or "any" in dets:
        return Cue("hypothetical", (head, token), f"'{head.text}' names nobody in particular, for")
    return None


def _tense(scene: _Scene, token: Token) -> Cue:
    """Future by a coming date or "to", habit, background, else the fact."""
    sentence, story = scene.sentence, scene.story
    if clause.is_present(sentence, token) and (ahead := time.future_cue(sentence, token, story)):
        return ahead
    if to := _headline_infinitive(sentence, token):
        return Cue("future", (to,), f"'{to.text}' announces")
    if clause.is_infinitive(sentence, token) and sentence.child(token, "cop") is not None:
        return _aim(scene, token)
    if habit := time.habitual_cue(sentence, token, story):
        return habit
    if old := _background(scene, token):
        return old
    if clause.is_simple_present(sentence, token, scene.cues) and not _recent_time(scene, token):
        return Cue("habitual", (token,), "the simple present makes a practice of")
    return _recurrent_clause(scene, token) or _actual(token)


def _aim(scene: _Scene, token: Token) -> Cue:
    """ "The aim is to disarm": the subject governs the infinitive, as in "the aim to disarm"; "are due to": the word before "to"."""
    for mark in scene.sentence.children(token, "mark"):
        before = scene.sentence.tokens[mark.index - 1]
        known = scene.cues.governors(lemma_candidates(before.text, before.lemma), noun=False)
        found = next((one for one in known if "infinitive" in one.complements), None)
        if before.upos in ("ADJ", "ADV") and found is not None and found.status != SAME:
            return _governing(found.status, before)
    subject = clause.subject_of(scene.sentence, token)
    if subject is None:
        return Cue("hypothetical", (token,), "an infinitive proposes")
    classes = scene.cues.governors(lemma_candidates(subject.text, subject.lemma), noun=True)
    status = next((known.status for known in classes if "infinitive" in known.complements), "future")
    return _governing(status if status != SAME else "hypothetical", subject)


def _recurrent_clause(scene: _Scene, token: Token) -> Cue | None:
    for child in scene.sentence.children(token, "advcl"):
        for mark in scene.sentence.children(child, "mark", "advmod"):
            if lower(mark) in scene.cues.words["conditional.recurrent"]:
                return Cue("habitual", (mark,), f"'{mark.text}' makes a practice of")
    return None


def _recent_time(scene: _Scene, token: Token) -> bool:
    """Whether the clause names a day: then the simple present narrates."""
    days = scene.cues.words["habitual.units"]
    return any(word.upos == "PROPN" and lower(word) in days for word in time.time_words(scene.sentence, token))


def _background(scene: _Scene, token: Token) -> Cue | None:
    """Times of the clause that are long before the story; "1962, when China invaded" too."""
    sentence = scene.sentence
    if clause.is_present(sentence, token) and token.upos == "VERB":
        return None
    if old := time.historical_cue(sentence, token, scene.story):
        return old
    head = sentence.head(token)
    year = time.YEAR.fullmatch(head.text) if head is not None and token.relation in ("acl", "advcl") else None
    if head is not None and year and scene.story.is_background_year(int(year[1])):
        return Cue("historical", (head,), f"'{head.text}' is long before the story, for")
    return None


def _headline_infinitive(sentence: Sentence, token: Token) -> Token | None:
    """The "to" of "Minister to visit Rome": an infinitive in a sentence without a finite verb; also of "are to meet"."""
    marks = [mark for mark in sentence.children(token, "mark", "aux") if lower(mark) == "to"]
    if not marks:
        return None
    if any(aux.lemma == "be" and aux.index < marks[0].index for aux in sentence.children(token, "aux")):
        return marks[0]
    finite = any(word.feats.get("VerbForm") == "Fin" for word in sentence.tokens if word.upos in ("VERB", "AUX"))
    if not finite and token.relation in ("root", "acl", "xcomp", "ccomp", "parataxis", "advcl"):
        return marks[0]
    return None


def _noun(scene: _Scene, token: Token) -> Cue:
    """The status that an event noun's own modifiers give it."""
    sentence, cues = scene.sentence, scene.cues
    if negator := clause.noun_negation(sentence, token, cues):
        return Cue("negated", (negator,), f"'{negator.text}' negates")
    if adjective := clause.noun_adjective(sentence, token, cues):
        return adjective
    if case := clause.preposition_of(sentence, token, cues.words["conditional.marks"]):
        return Cue("hypothetical", (case,), f"'{case.text}' makes a condition of")
    if case := clause.preposition_of(sentence, token, cues.words["future.prepositions"]):
        return Cue("future", (case,), f"'{case.text}' puts ahead")
    if ahead := time.future_cue(sentence, token, scene.story):
        return ahead
    return time.historical_cue(sentence, token, scene.story) or _actual(token)


# --- what governs the clause


def _from_above(scene: _Scene, token: Token, depth: int) -> Cue:
    """What the governor of the word, or of the series it stands in, makes of it."""
    first = conjunction_head(scene.sentence, token)
    link = find_link(scene.sentence, first, scene.cues)
    if link is None or clause.yet_to(scene.sentence, first) is not None:
        return _actual(token)
    governed = _governed(scene, first, link)
    above = _status(scene, link.governor, depth + 1)
    if governed is None:
        return _unlisted(scene, first, link, above)
    return _apply(scene, governed, link.governor, above)


def _governed(scene: _Scene, token: Token, link: Link) -> Governor | None:
    """The class of the governor, for the first kind of complement that one knows."""
    sentence, governor = scene.sentence, link.governor
    is_noun = governor.upos in ("NOUN", "PROPN", "PRON", "NUM") or governor.relation in ("obj", "nsubj", "obl", "nmod")
    classes = scene.cues.governors(governor_keys(sentence, link, token), noun=is_noun)
    for kind in link.kinds:
        for candidate in classes:
            if kind in candidate.complements and _fits(scene, candidate, token, governor, link):
                return candidate
    return None


def _fits(scene: _Scene, candidate: Governor, token: Token, governor: Token, link: Link) -> bool:
    sentence = scene.sentence
    noun = bool({"object", "subject"} & set(link.kinds)) or token.relation in ("obl", "nmod", "compound")
    if candidate.only is not None and not is_listed(token, candidate.only):
        return False
    if candidate.indefinite_only and noun and not clause.is_indefinite(sentence, token):
        return False
    if candidate.past_only:
        return governor.feats.get("Tense") == "Past" and sentence.child(governor, "aux:pass", "obj") is None
    loose = (
        token.relation == "advcl" and clause.is_infinitive(sentence, token) and "purpose" not in candidate.complements
    )
    return not (loose and candidate.status in (SAME, ACTUAL))


def _apply(scene: _Scene, governed: Governor, governor: Token, above: Cue) -> Cue:
    """The governor's class applied, given the governor's own status."""
    if above.status == "negated":
        status = governed.negated
        if status == "negated":
            return above
        return _governing(status, governor) if status != ACTUAL else _actual(governor)
    status = governed.status
    if governed.present and clause.is_present(scene.sentence, governor):
        status = governed.present
    if status == SAME:
        return above
    if above.status == "hypothetical" or (above.status == "future" and status != "negated"):
        return above
    if above.status == "historical" and status == ACTUAL:
        return above
    return _governing(status, governor) if status != ACTUAL else _actual(governor)


def _governing(status: str, governor: Token) -> Cue:
    return Cue(status, (governor,), f"'{governor.text}' governs")


def _unlisted(scene: _Scene, token: Token, link: Link, above: Cue) -> Cue:
    """A governor of no class: infinitives are not said to have happened; other dependents follow an unreal or habitual governor."""
    sentence = scene.sentence
    if "infinitive" in link.kinds and _headline_infinitive(sentence, token) is not None:
        return _actual(token)
    if "infinitive" in link.kinds and not clause.is_perfect(sentence, token):
        if above.status in ("negated", "future", "hypothetical") and "purpose" not in link.kinds[:1]:
            return above
        return _governing("hypothetical", link.governor)
    if above.status == "historical":
        return above
    if not link.transparent:
        return _actual(token)
    if {"object", "subject"} & set(link.kinds):
        if above.status == "future" and any(lower(det) == "any" for det in sentence.children(token, "det")):
            return replace(above, status="hypothetical")
        follows = clause.is_indefinite(sentence, token) and (above.status != "negated" or "object" in link.kinds)
        follows = follows and not is_listed(link.governor, scene.cues.words["scope.presupposing"])
        return above if follows and above.status != "habitual" else _actual(token)
    return above if above.status in (*UNREAL, "habitual") else _actual(token)
