"""Settle the drafts of a whole article among each other: one claim per content, speeches continued, claims within claims."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tacitus.claims.quotes import Quote, Quotes
from tacitus.claims.spans import covers, join_spans
from tacitus.records import Span

FREE_WORDS = 4  # a quotation of fewer words without a cue is a title or a scare quote
SURE = 0.9  # the probability of a claim that punctuation makes: as sure a sign as a likely verb
CERTAIN = 1.0  # of a turn in a transcript
NEAR = 2  # sentences; claims farther apart do not compete for content
LOOK_BACK = 12  # claims; how far back the speech that a free quotation continues may have begun

SPEECH = 0.9  # probability from which a claim within a claim is kept when somebody speaks in it
_SPEAKER_HIMSELF = frozenset(["i", "we", "me", "us"])  # inside a claim no second speaker
_MARKS = frozenset("\"“„«‘'`「『‹»")
_SENTENCE_ENDS = frozenset(".?!”\":…—'’»")


@dataclass(slots=True, eq=False)
class Opened:
    """A claim whose content may still grow and whose place among the others is not settled.

    `nested` is the probability of the claim given that it stands in what another one reports; `is_speech` whether its cue is a verb of
    speaking, not of thinking or wanting; `aside` are the phrases of the source that name others than the speaker;
    `antecedent` is the noun that a relative pronoun as source stands for.
    """

    cue: Span
    source: Span | None
    content: list[Span]
    sentence: int
    probability: float
    stance: str | None = None
    nested: float = 0.0
    is_speech: bool = False
    aside: tuple[Span, ...] = ()
    antecedent: Span | None = None
    embedded_in: Opened | None = None

    @property
    def start(self) -> int:
        return min(self.cue.start, self.content[0].start)

    @property
    def length(self) -> int:
        return sum(span.end - span.start for span in self.content)

    def holds(self, span: Span) -> bool:
        """Whether the content covers `span`."""
        return any(piece.contains(span) for piece in self.content)


def settle(
    claims: Iterable[Opened],
    quotes: Quotes,
    text: str,
    *,
    attribute: Callable[[Quote], Opened | None],
    nested: float,
) -> list[Opened]:
    """The article's claims in text order.

    `attribute` makes a claim of a quotation that no cue takes, where something beside it does. Of claims with much the same content the
    likeliest stays. A claim whose cue stands in another's content is embedded in it; such a claim stays only if it has a source of its
    own, not the other's, and a probability of at least `nested` or a quotation of its own within the other's.
    """
    kept = _distinct([claim for claim in claims if claim.content])
    kept.sort(key=lambda claim: (claim.start, claim.cue.start))
    _place_free_quotes(kept, quotes, text, attribute)
    kept.sort(key=lambda claim: (claim.start, claim.cue.start))
    _embed(kept)
    return [claim for claim in kept if _stays(claim, quotes, text, nested)]


def _stays(claim: Opened, quotes: Quotes, text: str, nested: float) -> bool:
    while claim.embedded_in is not None:
        if claim.source in (None, claim.embedded_in.source) or claim.source.of(text).lower() in _SPEAKER_HIMSELF:
            return False
        if claim.nested < min(nested, SPEECH if claim.is_speech else 1.0) and not _is_quoted_again(claim, quotes):
            return False
        claim = claim.embedded_in
    return True


def _is_quoted_again(claim: Opened, quotes: Quotes) -> bool:
    """Whether the claim quotes inside a quotation ("“He told me, ‘Run’,” she said")."""
    return quotes.depth_at(claim.content[0].start) > quotes.depth_at(claim.cue.start) > 0


def _distinct(claims: list[Opened]) -> list[Opened]:
    """Without those that share cue or content with a likelier one."""
    kept: list[Opened] = []
    by_sentence: dict[int, list[Opened]] = {}
    for claim in sorted(claims, key=lambda claim: (-claim.probability, claim.cue)):
        near = [
            other for n in range(claim.sentence - NEAR, claim.sentence + NEAR + 1) for other in by_sentence.get(n, ())
        ]
        if not any(_same(claim, other) for other in near):
            kept.append(claim)
            by_sentence.setdefault(claim.sentence, []).append(claim)
    return kept


def _same(claim: Opened, other: Opened) -> bool:
    """Whether the two have one cue, or share more than half of the shorter content without one lying inside the other."""
    if claim.cue.overlaps(other.cue):
        return True
    if claim.holds(other.cue) or other.holds(claim.cue):
        return False
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in claim.content for b in other.content)
    return shared > 0.5 * min(claim.length, other.length)


# Speech that goes on ---------------------------------------------------------------------------------------------------------------------


def _place_free_quotes(
    claims: list[Opened], quotes: Quotes, text: str, attribute: Callable[[Quote], Opened | None]
) -> None:
    """Give each quotation without a cue of its own to whom punctuation names, else to the speech it continues."""
    outside = [
        claim for claim in claims if (quote := quotes.outer_at(claim.cue.start)) is None or not _is_speech(quote, text)
    ]
    covered = sorted((span.start, span.end) for claim in outside for span in claim.content)
    for quote in quotes.outer:
        if covers(covered, quote.span):
            continue
        named = attribute(quote) if _is_speech(quote, text) or _is_exclamation(quote, text) else None
        if named is not None:
            _add_named(named, claims, outside, text)
            continue
        if not _is_speech(quote, text):
            continue
        index = bisect_right(outside, quote.start, key=lambda claim: claim.start)
        before = _last_before(outside[max(0, index - LOOK_BACK) : index], quote, quotes, text)
        if before is not None and _goes_on(before, quote, quotes, text):
            before.content = join_spans([*before.content, quote.span], text)


def _add_named(named: Opened, claims: list[Opened], outside: list[Opened], text: str) -> None:
    """Add a claim; one with the same cue, which had not seen the quotation, gives way to it and leaves it the quotations that follow."""
    index = bisect_right(outside, named.start, key=lambda claim: claim.start)
    near = outside[max(0, index - LOOK_BACK) : index + LOOK_BACK]
    rival = next((claim for claim in near if claim.cue.overlaps(named.cue)), None)
    if rival is not None:
        claims.remove(rival)
        outside.remove(rival)
        later = [span for span in rival.content if span.start >= named.cue.end and text[span.start] in _MARKS]
        named.content = join_spans([*named.content, *later], text)
    claims.append(named)
    insort(outside, named, key=lambda claim: claim.start)


def _is_speech(quote: Quote, text: str) -> bool:
    return len(quote.inner.of(text).split()) >= FREE_WORDS


def _is_exclamation(quote: Quote, text: str) -> bool:
    """Whether a few quoted words are a sentence by themselves ("“Never!”"), not a title or a scare quote."""
    inner = quote.inner.of(text).strip()
    return inner[:1].isupper() and inner[-1:] in ",?!"


def _last_before(claims: Sequence[Opened], quote: Quote, quotes: Quotes, text: str) -> Opened | None:
    """The claim that ends last before the quotation, or a quoting one of the same sentence ("..., she said, referring to")."""
    earlier = [claim for claim in claims if _end(claim) <= quote.start]
    last = max(earlier, key=_end, default=None)
    if last is None or _is_spoken(last, quotes, text):
        return last
    quoting = [claim for claim in earlier if claim.sentence == last.sentence and _is_spoken(claim, quotes, text)]
    return max(quoting, key=_end, default=last)


def _end(claim: Opened) -> int:
    return max(claim.cue.end, claim.content[-1].end)


def _goes_on(claim: Opened, quote: Quote, quotes: Quotes, text: str) -> bool:
    """Whether a quotation that no cue takes goes on with the speech of the claim before it.

    In the same paragraph it must begin a sentence; in a later one it must fill the paragraph or open again what was left open.
    """
    if not _is_spoken(claim, quotes, text):
        return False
    between = text[_end(claim) : quote.start]
    if "\n" not in between:
        return text[: quote.start].rstrip()[-1:] in _SENTENCE_ENDS
    if any(line.strip() for line in between.split("\n")[1:-1]):
        return False  # another paragraph stands between
    line_end = text.find("\n", quote.end)
    rest = text[quote.end : line_end if line_end >= 0 else len(text)]
    before = text[text.rfind("\n", 0, quote.start) + 1 : quote.start]
    alike = _opening(claim, quotes, text) in (None, text[quote.start])
    return alike and not before.strip() and (quote.continues or not rest.strip(" .\xa0"))


def _opening(claim: Opened, quotes: Quotes, text: str) -> str | None:
    """The mark that opens the claim's last quotation; a page that quotes another one marks the two differently."""
    last = [quote for span in claim.content for quote in quotes.outer_in(span)][-1:]
    return text[last[0].start] if last else None


def _is_spoken(claim: Opened, quotes: Quotes, text: str) -> bool:
    """Whether the claim quotes, or announces a quotation with a colon."""
    quoting = any(True for span in claim.content for _ in quotes.outer_in(span))
    return quoting or text[claim.cue.end - 1 : claim.cue.end + 1].rstrip()[-1:] == ":"


# Claims within claims --------------------------------------------------------------------------------------------------------------------


def _embed(claims: Sequence[Opened]) -> None:
    """Set `embedded_in` to the claim with the shortest content around each cue; of two that hold each other the likelier is outside."""
    pieces = sorted(((span, claim) for claim in claims for span in claim.content), key=lambda pair: pair[0])
    active: list[tuple[Span, Opened]] = []
    position = 0
    for claim in sorted(claims, key=lambda claim: claim.cue):
        while position < len(pieces) and pieces[position][0].start <= claim.cue.start:
            active.append(pieces[position])
            position += 1
        active = [pair for pair in active if pair[0].end > claim.cue.start]
        around = [
            other
            for span, other in active
            if other is not claim
            and span.contains(claim.cue)
            and _holds_content(other, claim)
            and _is_outside(other, claim)
        ]
        around = [other for other in around if not _leads_to(other, claim)]
        claim.embedded_in = min(around, key=lambda other: (other.length, -other.probability), default=None)


def _holds_content(other: Opened, claim: Opened) -> bool:
    """Whether what is said lies, at least half of it, in what the other claim reports."""
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in claim.content for b in other.content)
    return 2 * shared >= claim.length


def _leads_to(inner: Opened, outer: Opened) -> bool:
    """Whether `inner` is already embedded in `outer`, at any depth."""
    while inner.embedded_in is not None:
        inner = inner.embedded_in
        if inner is outer:
            return True
    return False


def _is_outside(other: Opened, claim: Opened) -> bool:
    return not claim.holds(other.cue) or other.probability > claim.probability
