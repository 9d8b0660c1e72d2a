"""The status that a clause gives its own event word, before anything above the clause is looked at."""

from __future__ import annotations

from dataclasses import dataclass

from tacitus.events import status_clause as clause
from tacitus.events import status_time as time
from tacitus.events.forms import is_listed, lemma_candidates
from tacitus.events.status_clause import Cue, lower
from tacitus.events.status_cues import SAME, StatusCues
from tacitus.events.status_scope import conjunction_head
from tacitus.language.document import Sentence, Token

ACTUAL = "actual"


@dataclass(frozen=True)
class Scene:
    """What stays the same while one trigger is looked at."""

    sentence: Sentence
    cues: StatusCues
    story: time.Story


def actual(token: Token) -> Cue:
    return Cue(ACTUAL, (token,), "")


def governing(status: str, governor: Token) -> Cue:
    return Cue(status, (governor,), f"'{governor.text}' governs")


def own_status(scene: Scene, token: Token) -> Cue:
    first = conjunction_head(scene.sentence, token)
    if added := clause.added_negation(scene.sentence, token, scene.cues):
        return added
    cue = _predicate(scene, token) if clause.is_predicate(scene.sentence, token) else _noun(scene, token)
    if cue.status != ACTUAL or first is token:
        return cue
    return _shared(scene, token, first)


def _shared(scene: Scene, token: Token, first: Token) -> Cue:
    """What a later conjunct takes over from the first: auxiliaries and negation when it has no subject or tense of its own."""
    sentence = scene.sentence
    if not clause.is_predicate(sentence, token):
        words = {lower(cc) for cc in sentence.children(token, "cc")}
        shared = _noun(scene, first) if words & {"or", "nor"} else actual(token)
        return shared if not clause.is_predicate(sentence, first) else actual(token)
    cue = _predicate(scene, first) if clause.is_predicate(sentence, first) else actual(token)
    if cue.status == "historical" and time.future_cue(sentence, token, scene.story) is None:
        return cue
    if any(lower(cc) == "but" for cc in sentence.children(token, "cc")) and cue.status == "negated":
        return actual(token)
    own_subject = clause.subject_of(sentence, token) is not None
    own_tense = _has_tense(scene, token, first) or sentence.child(token, "aux", "cop") is not None
    return actual(token) if own_subject or own_tense else cue


def _has_tense(scene: Scene, token: Token, first: Token) -> bool:
    """Whether a later conjunct is finite; beside an auxiliary that takes the plain form ("will hear and rule"), plain forms are not."""
    takes_plain = any(aux.lemma not in ("be", "have") for aux in scene.sentence.children(first, "aux"))
    plain = token.feats.get("Tense") != "Past" and not lower(token).endswith("s")
    return token.feats.get("VerbForm") == "Fin" and not (takes_plain and plain)


def _predicate(scene: Scene, token: Token) -> Cue:
    """The status that a clause gives its predicate."""
    sentence, cues = scene.sentence, scene.cues
    negator = clause.find_negation(sentence, token, cues)
    modal = clause.find_modal(sentence, token, cues)
    if governor := _governing_auxiliary(scene, token):
        return governor
    if mark := clause.conditional_mark(sentence, token, cues):
        return Cue("hypothetical", (mark,), f"'{mark.text}' makes a condition of")
    if modal is not None:
        return _forestalled(sentence, token, modal) or _modal(scene, token, modal, negator)
    if clause.is_yes_no_question(sentence, token):
        return Cue("hypothetical", (token,), "a question asks about")
    if negator is not None:
        return Cue("negated", (negator,), f"'{negator.text}' negates")
    if clause.is_imperative(sentence, token):
        return Cue("hypothetical", (token,), "an order asks for")
    if adverb := clause.modal_adverb(sentence, token, cues):
        return Cue("hypothetical", (adverb,), f"'{adverb.text}' leaves open")
    return _temporal_clause(scene, token) or _generic(scene, token) or _tense(scene, token)


def _governing_auxiliary(scene: Scene, token: Token) -> Cue | None:
    """ "Denies having met": a verb that the parse takes for an auxiliary of what it governs."""
    for verb in scene.sentence.children(token, "aux", "advmod"):
        if (
            verb.feats.get("VerbForm") != "Fin"
            or verb.upos not in ("VERB", "AUX")
            or verb.lemma in scene.cues.words["modality.auxiliaries"]
        ):
            continue
        known = scene.cues.governors(lemma_candidates(verb.text, verb.lemma), noun=False)
        found = next((one for one in known if "gerund" in one.complements), None)
        if found is not None and found.status == "negated":
            return governing(found.status, verb)
    return None


def _forestalled(sentence: Sentence, token: Token, modal: Token) -> Cue | None:
    """ "Overpowered him before he could fire": what could only have come later did not come."""
    mark = next((mark for mark in sentence.children(token, "mark") if lower(mark) == "before"), None)
    if mark is None or lower(modal) != "could":
        return None
    return Cue("negated", (mark, modal), f"'{mark.text} … {modal.text}' forestalls")


def _modal(scene: Scene, token: Token, modal: Token, negator: Token | None) -> Cue:
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


def _is_announced(scene: Scene, token: Token) -> bool:
    """Whether "would" stands in reported speech, where it is the past of "will"."""
    top = conjunction_head(scene.sentence, token)
    head = scene.sentence.head(top)
    speech = scene.cues.words["modality.speech"]
    if top.relation == "ccomp" and head is not None and head.lemma in speech:
        return True
    return any(aside.lemma in speech for aside in scene.sentence.children(top, "parataxis"))


def _temporal_clause(scene: Scene, token: Token) -> Cue | None:
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
        told = word == "after" and clause.is_headline(scene.sentence)  # a headline tells in the present what has been
        if word in scene.cues.words["conditional.temporal"] and present and not told:
            return Cue("hypothetical", (mark,), f"'{mark.text}' waits for")
    return None


def _generic(scene: Scene, token: Token) -> Cue | None:
    """ "Those who attack will pay", "whoever attacks": a clause in the present about nobody in particular."""
    head, subject = scene.sentence.head(token), clause.subject_of(scene.sentence, token)
    if not clause.is_present(scene.sentence, token):
        return None
    if subject is not None and lower(subject) in ("whoever", "whichever", "whatever"):
        return Cue("hypothetical", (subject, token), f"'{subject.text}' names nobody in particular, for")
    if token.deprel != "acl:relcl" or head is None:
        return None
    dets = [lower(det) for det in scene.sentence.children(head, "det")]
    if lower(head) in ("those", "anyone", "anybody", "whoever") or "any" in dets:
        return Cue("hypothetical", (head, token), f"'{head.text}' names nobody in particular, for")
    return None


def _tense(scene: Scene, token: Token) -> Cue:
    """Future by a coming date or "to", habit, background, else the fact."""
    sentence, story = scene.sentence, scene.story
    if clause.is_present(sentence, token) and (ahead := time.future_cue(sentence, token, story)):
        return ahead
    if to := announcing_to(sentence, token):
        return _announced(scene, token, to)
    if clause.is_infinitive(sentence, token) and sentence.child(token, "cop") is not None:
        return _aim(scene, token)
    if habit := time.habitual_cue(sentence, token, story):
        return habit
    if old := _background(scene, token):
        return old
    timed = is_listed(token, scene.cues.words["present.timetable"])
    present = clause.is_present(sentence, token) and not clause.is_headline(sentence)
    day = _named_day(scene, token, anywhere=timed) if present else None
    if day is not None and (timed or not is_listed(token, scene.cues.words["present.verbs"])):
        return Cue("future", (day,), f"'{day.text}' with the present tense announces")
    if clause.is_simple_present(sentence, token, scene.cues):
        return Cue("habitual", (token,), "the simple present makes a practice of")
    return _recurrent_clause(scene, token) or actual(token)


def _announced(scene: Scene, token: Token, to: Token) -> Cue:
    """ "Is to meet" announces; "was to have met" says that what was announced did not come about."""
    plan = next((aux for aux in scene.sentence.children(token, "aux") if aux.lemma == "be"), None)
    if plan is not None and plan.feats.get("Tense") == "Past" and clause.is_perfect(scene.sentence, token):
        return Cue("negated", (plan, to), f"'{plan.text} {to.text} have' says what did not come of")
    return Cue("future", (to,), f"'{to.text}' announces")


def _aim(scene: Scene, token: Token) -> Cue:
    """ "The aim is to disarm": the subject governs the infinitive, as in "the aim to disarm"; "are due to": the word before "to"."""
    for mark in scene.sentence.children(token, "mark"):
        before = scene.sentence.tokens[mark.index - 1]
        known = scene.cues.governors(lemma_candidates(before.text, before.lemma), noun=False)
        found = next((one for one in known if "infinitive" in one.complements), None)
        if before.upos in ("ADJ", "ADV") and found is not None and found.status != SAME:
            return governing(found.status, before)
    subject = clause.subject_of(scene.sentence, token)
    if subject is None:
        return Cue("hypothetical", (token,), "an infinitive proposes")
    classes = scene.cues.governors(lemma_candidates(subject.text, subject.lemma), noun=True)
    status = next((known.status for known in classes if "infinitive" in known.complements), "future")
    return governing(status if status != SAME else "hypothetical", subject)


def _recurrent_clause(scene: Scene, token: Token) -> Cue | None:
    for child in scene.sentence.children(token, "advcl"):
        for mark in scene.sentence.children(child, "mark", "advmod"):
            if lower(mark) in scene.cues.words["conditional.recurrent"]:
                return Cue("habitual", (mark,), f"'{mark.text}' makes a practice of")
    return None


def _named_day(scene: Scene, token: Token, *, anywhere: bool) -> Token | None:
    """The day that the clause names, directly or `anywhere`: with the present tense a timetable, "flies to Tokyo on Monday"."""
    units, months = scene.cues.words["habitual.units"], scene.cues.words["habitual.months"]
    words = scene.sentence.subtree(token, without=("advcl", "acl:relcl", "ccomp", "conj", "parataxis"))
    for word in words if anywhere else time.time_words(scene.sentence, token):
        is_date = lower(word) in months and _is_numbered(scene.sentence, word)
        if word.upos == "PROPN" and (is_date or (lower(word) in units and lower(word).endswith("day"))):
            return word
    return None


def _is_numbered(sentence: Sentence, month: Token) -> bool:
    """Whether the number of a day, or of a year, stands beside the month."""
    beside = sentence.tokens[max(0, month.index - 1) : month.index + 2]
    return any(word.upos == "NUM" for word in beside)


def _background(scene: Scene, token: Token) -> Cue | None:
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


def announcing_to(sentence: Sentence, token: Token) -> Token | None:
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


def _noun(scene: Scene, token: Token) -> Cue:
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
    return time.historical_cue(sentence, token, scene.story) or actual(token)
