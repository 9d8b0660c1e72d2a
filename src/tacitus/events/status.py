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
from tacitus.events.forms import is_listed
from tacitus.events.status_clause import Cue, lower
from tacitus.events.status_cues import SAME, Governor, StatusCues
from tacitus.events.status_own import ACTUAL, Scene, actual, announcing_to, governing, own_status
from tacitus.events.status_scope import Link, conjunction_head, find_link, governor_keys
from tacitus.language.document import Parse, Sentence, Token
from tacitus.records import Span, TimeValue

__all__ = ["StatusCues", "StatusFinding", "find_status"]

UNREAL = ("future", "hypothetical")
CALLED = "called"  # the class of governors that announce their object, or else give it a name
MAX_DEPTH = 12  # governors above an event; deeper chains are damaged trees


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusFinding:
    """A status and its evidence: one readable line, and the words that made it (None for plain `actual`)."""

    status: str
    because: str
    span: Span | None


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
    return status_in(Scene(sentence, cues, time.Story(parse, anchor, times, cues)), trigger)


def status_in(scene: Scene, trigger: Token) -> StatusFinding:
    """The status of the event that `trigger` carries, in a sentence whose story is known."""
    cue = _status(scene, trigger, 0)
    if cue.status == ACTUAL:
        because = f"status actual: nothing negates, conditions or shifts '{trigger.text}'"
        return StatusFinding(status=ACTUAL, because=because, span=None)
    span = Span(min(token.start for token in cue.tokens), max(token.end for token in cue.tokens))
    return StatusFinding(status=cue.status, because=f"status {cue.status}: {cue.reason} '{trigger.text}'", span=span)


def _status(scene: Scene, token: Token, depth: int) -> Cue:
    """The status of a word, all it is governed by included."""
    own = own_status(scene, token)
    return own if depth > MAX_DEPTH else _combine(own, _from_above(scene, token, depth))


def _combine(own: Cue, above: Cue) -> Cue:
    """What the clause says of its event, seen from outside: a negated plan is negated, a feared failure hypothetical."""
    if own.status == ACTUAL or above.status == ACTUAL:
        return above if own.status == ACTUAL else own
    if above.status == "hypothetical":
        return above
    if above.status == "negated":
        twice = (
            own.status == "negated"
            and not own.echoes
            and not {token.index for token in own.tokens} & {token.index for token in above.tokens}
        )
        return replace(above, status=ACTUAL) if twice else above
    return own


def _from_above(scene: Scene, token: Token, depth: int) -> Cue:
    """What the governor of the word, or of the series it stands in, makes of it."""
    first = conjunction_head(scene.sentence, token)
    link = find_link(scene.sentence, first, scene.cues) or _predicative(scene.sentence, first)
    if link is None or clause.yet_to(scene.sentence, first) is not None:
        return actual(token)
    governed = _governed(scene, first, link)
    content = None
    if governed is None or "to" in link.kinds:  # "called for an end to the strike": no call to the strike
        content = _content_noun(scene, first, link) or (_object_verb(scene, first, link) if governed is None else None)
    if content is not None:
        link, governed = content, _governed(scene, first, content)
    above = _status(scene, link.governor, depth + 1)
    if depth == 0 and governed is not None and _is_spoken(scene, first, governed):
        return actual(token)
    if governed is None:
        return _unlisted(scene, first, link, above)
    return _apply(scene, governed, link.governor, above)


def _content_noun(scene: Scene, token: Token, link: Link) -> Link | None:
    """The noun that a clause fills out where the parse hangs it on the noun's verb: "there is no evidence that they fired",
    "has no intention of leaving", "called for an end to the strike", "fears are growing of a strike"."""
    sentence, governor = scene.sentence, link.governor
    if governor.upos not in ("VERB", "AUX") or not {"of", "to", "clause", "infinitive"} & set(link.kinds):
        return None
    first = min((mark.index for mark in sentence.children(token, "mark", "case")), default=token.index)
    for noun in sentence.children(governor, "nsubj", "obj", "obl"):
        appears = noun.relation == "nsubj" and governor.lemma in scene.cues.words["scope.appearing"]
        if noun.index < first and (noun.index == first - 1 or appears):
            found = Link(noun, link.kinds, link.transparent)
            return found if _governed(scene, token, found) is not None else None
    return None


def _object_verb(scene: Scene, token: Token, link: Link) -> Link | None:
    """ "Cleared two guards of beating them": the verb whose object the parse hangs the clause on."""
    verb = scene.sentence.head(link.governor)
    if verb is None or verb.upos != "VERB" or link.governor.relation != "obj" or not {"of", "from"} & set(link.kinds):
        return None
    found = Link(verb, link.kinds)
    return found if _governed(scene, token, found) is not None else None


def _is_spoken(scene: Scene, noun: Token, governed: Governor) -> bool:
    """Whether the event is what was said, and only its content fails: a rejected request has been made."""
    rejected = governed.status == "negated" and {"report", "proposal", "object"} & governed.complements
    # an article makes a noun of it, whatever the tagger says
    is_noun = noun.upos == "NOUN" or scene.sentence.child(noun, "det") is not None
    return bool(rejected) and is_noun and noun.lemma in scene.cues.words["scope.spoken"]


def _predicative(sentence: Sentence, token: Token) -> Link | None:
    """ "has been an ally for decades, providing aid": a participle behind a predicate noun tells what is said of its subject."""
    governor = sentence.head(token)
    if token.relation != "acl" or governor is None or sentence.child(governor, "cop") is None:
        return None
    return Link(governor, ("circumstance",), transparent=True)


def _governed(scene: Scene, token: Token, link: Link) -> Governor | None:
    """The class of the governor, for the first kind of complement that one knows."""
    sentence, governor = scene.sentence, link.governor
    is_noun = governor.upos in ("NOUN", "PROPN", "PRON", "NUM") or governor.relation in ("obj", "nsubj", "obl", "nmod")
    classes = scene.cues.governors(governor_keys(sentence, link, token), noun=is_noun)
    for kind in link.kinds:
        for candidate in classes:
            if kind in candidate.complements and _fits(scene, candidate, token, governor, link):
                return candidate
    return None


def _fits(scene: Scene, candidate: Governor, token: Token, governor: Token, link: Link) -> bool:
    sentence = scene.sentence
    noun = bool({"object", "subject"} & set(link.kinds)) or token.relation in ("obl", "nmod", "compound")
    if candidate.only is not None and not is_listed(token, candidate.only):
        return False
    if candidate.indefinite_only and noun and not clause.is_indefinite(sentence, token):
        return False
    if candidate.name == CALLED and sentence.child(governor, "xcomp") is not None:
        return False  # "called the march a provocation"
    if candidate.for_time and not _has_for(sentence, governor):
        return False
    if candidate.past_only:
        return governor.feats.get("Tense") == "Past" and sentence.child(governor, "aux:pass", "obj") is None
    loose = (
        token.relation == "advcl"
        and clause.is_infinitive(sentence, token)
        and "purpose" not in candidate.complements
        and not _follows_passive(sentence, token, governor)
    )
    return not (loose and candidate.status in (SAME, ACTUAL))


def _follows_passive(sentence: Sentence, token: Token, governor: Token) -> bool:
    """ "Were made to march": right behind a passive an infinitive tells what was made of the subject, whatever the parse calls it."""
    first = min((mark.index for mark in sentence.children(token, "mark")), default=token.index)
    return first == governor.index + 1 and sentence.child(governor, "aux:pass") is not None


def _has_for(sentence: Sentence, governor: Token) -> bool:
    """Whether the governor is a passive that "for" follows: "was set for Sunday"."""
    after = sentence.tokens[governor.index + 1 : governor.index + 2]
    return sentence.child(governor, "aux:pass") is not None and any(lower(word) == "for" for word in after)


def _apply(scene: Scene, governed: Governor, governor: Token, above: Cue) -> Cue:
    """The governor's class applied, given the governor's own status."""
    if above.status == "negated":
        status = governed.negated
        if status == "negated":
            return above
        return governing(status, governor) if status != ACTUAL else actual(governor)
    if governed.unreal and above.status in UNREAL:
        return governing(governed.unreal, governor) if governed.unreal != ACTUAL else actual(governor)
    status = _in_tense(scene, governed, governor)
    if status == SAME:
        return above
    if above.status == "hypothetical" or (above.status == "future" and status not in ("negated", "hypothetical")):
        return above
    if above.status == "historical" and status == ACTUAL:
        return above
    return governing(status, governor) if status != ACTUAL else actual(governor)


def _in_tense(scene: Scene, governed: Governor, governor: Token) -> str:
    """What the class makes of its event, given the governor's tense: "has to leave" is no leaving yet, "had to leave" is one."""
    if governed.present and clause.is_present(scene.sentence, governor):
        return governed.present
    if governed.past and clause.is_past(scene.sentence, governor):
        return governed.past
    return governed.status


def _unlisted(scene: Scene, token: Token, link: Link, above: Cue) -> Cue:
    """A governor of no class: infinitives are not said to have happened; other dependents follow an unreal or habitual governor."""
    sentence = scene.sentence
    if "infinitive" in link.kinds and announcing_to(sentence, token) is not None:
        return actual(token)
    if "infinitive" in link.kinds and not clause.is_perfect(sentence, token):
        if above.status in ("negated", "future", "hypothetical") and "purpose" not in link.kinds[:1]:
            return above
        return governing("hypothetical", link.governor)
    if above.status == "historical":
        return above
    if token.relation == "acl" and _is_any(scene, link.governor):
        return governing("hypothetical", link.governor)
    if "as" in link.kinds and above.status in UNREAL:
        return above  # "would be regarded as an attack"
    if not link.transparent:
        return actual(token)
    if {"object", "subject"} & set(link.kinds):
        if above.status == "future" and _is_any(scene, token):
            return replace(above, status="hypothetical")
        follows = clause.is_indefinite(sentence, token) and (above.status != "negated" or "object" in link.kinds)
        follows = follows and not is_listed(link.governor, scene.cues.words["scope.presupposing"])
        return above if follows and above.status != "habitual" else actual(token)
    return above if above.status in (*UNREAL, "habitual") else actual(token)


def _is_any(scene: Scene, noun: Token) -> bool:
    """ "any missile launched from the island": none is meant in particular."""
    return any(lower(det) == "any" for det in scene.sentence.children(noun, "det"))
