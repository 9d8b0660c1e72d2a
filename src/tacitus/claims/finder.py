"""Find the claims of an article: who said, thinks, wants, decided ... what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tacitus.claims.cues import cue_span
from tacitus.claims.drafts import Draft, draft_claims
from tacitus.claims.kinds import kind_of
from tacitus.claims.lexicon import ClaimLexicon
from tacitus.claims.quotes import Quote, Quotes, find_quotes
from tacitus.claims.spans import content_spans, covers, join_spans
from tacitus.claims.speakers import Speakers
from tacitus.claims.tree import build_trees
from tacitus.language.document import Parse
from tacitus.records import Actor, Article, Claim, Span

FREE_WORDS = 4  # a quotation of fewer words without a cue is a title or a scare quote


@dataclass(slots=True)
class _Open:
    """A claim that may still grow: quotations that follow belong to it as long as the same speech goes on."""

    cue: Span
    source: Span | None
    content: list[Span]
    sentence: int
    probability: float
    embedded_in: _Open | None = None
    quotes: list[Quote] = field(default_factory=list)

    @property
    def start(self) -> int:
        return min(self.cue.start, self.content[0].start)


def find_claims(article: Article, parse: Parse, actors: Sequence[Actor], *, lexicon: ClaimLexicon) -> tuple[Claim, ...]:
    """The article's claims in text order. Offsets count in `article.text`, which must be the text of the parse."""
    text = article.text
    quotes = find_quotes(text)
    drafts = [draft for tree in build_trees(parse, quotes) for draft in draft_claims(tree, lexicon)]
    claims = _settle([_open(draft, text, quotes) for draft in drafts], lexicon)
    claims = _continue(claims, text, quotes)
    speakers = Speakers(actors)
    return _finished(claims, text, quotes, speakers)


def _open(draft: Draft, text: str, quotes: Quotes) -> _Open:
    tree = draft.tree
    cue = cue_span(tree, draft.cue, [*draft.content, *draft.source])
    content = content_spans(tree, draft, quotes, text)
    low, high = (draft.source[0][0], draft.source[-1][1]) if draft.source else (0, -1)
    source = Span(tree.tokens[low].start, tree.tokens[high].end) if draft.source else None
    return _Open(cue, source, content, tree.sentence.index, draft.probability)


def _settle(claims: list[_Open], lexicon: ClaimLexicon) -> list[_Open]:
    """Of claims with much the same content keep the likeliest; a claim whose cue lies in another's content is embedded in it."""
    kept: list[_Open] = []
    for claim in sorted(claims, key=lambda claim: -claim.probability):
        if not claim.content or any(_same(claim, other) for other in kept if abs(other.sentence - claim.sentence) < 8):
            continue
        kept.append(claim)
    kept.sort(key=lambda claim: claim.start)
    settled: list[_Open] = []
    for claim in kept:
        claim.embedded_in = _enclosing(claim, kept)
    for claim in kept:
        if claim.embedded_in is None:
            settled.append(claim)
    return settled


def _same(claim: _Open, other: _Open) -> bool:
    """Whether the two share more than half of the shorter content, or have one cue."""
    if claim.cue.overlaps(other.cue):
        return True
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in claim.content for b in other.content)
    if any(span.contains(other.cue) for span in claim.content) or any(
        span.contains(claim.cue) for span in other.content
    ):
        return False
    length = min(sum(s.end - s.start for s in claim.content), sum(s.end - s.start for s in other.content))
    return shared > 0.5 * length


def _enclosing(claim: _Open, claims: Sequence[_Open]) -> _Open | None:
    """The claim with the shortest content around this one's cue."""
    around = [
        other for other in claims if other is not claim and any(span.contains(claim.cue) for span in other.content)
    ]
    return min(around, key=lambda other: sum(s.end - s.start for s in other.content), default=None)


def _continue(claims: list[_Open], text: str, quotes: Quotes) -> list[_Open]:
    """Add quotations without a cue of their own to the speech they continue: the claim before them."""
    covered = sorted((span.start, span.end) for claim in claims for span in claim.content)
    claims.sort(key=lambda claim: claim.start)
    for quote in quotes.outer:
        if covers(covered, quote.span):
            continue
        before = _last_before(claims, quote)
        if before is not None and _goes_on(before, quote, text):
            before.content = join_spans([*before.content, quote.span], text)
            before.quotes.append(quote)
    return claims


def _last_before(claims: Sequence[_Open], quote: Quote) -> _Open | None:
    """The last claim that begins before the quotation."""
    earlier = [
        claim
        for claim in claims
        if max(claim.cue.end, claim.content[0].end) <= quote.start and claim.embedded_in is None
    ]
    return earlier[-1] if earlier else None


def _goes_on(claim: _Open, quote: Quote, text: str) -> bool:
    """Whether a quotation that no cue takes goes on with the claim before it."""
    if len(quote.inner.of(text).split()) < FREE_WORDS:
        return False
    between = text[max(claim.cue.end, claim.content[-1].end) : quote.start]
    spoken = (
        any(mark in span.of(text) for span in claim.content for mark in '"“«„`')
        or text[claim.cue.end : claim.cue.end + 1] == ":"
    )
    if "\n" not in between:
        return spoken and _starts_sentence(text, quote)
    line_end = text.find("\n", quote.end)
    alone = not text[quote.end : line_end if line_end >= 0 else len(text)].strip(" .\xa0")
    starts_line = not text[text.rfind("\n", 0, quote.start) + 1 : quote.start].strip()
    return starts_line and (quote.continues or alone) and spoken


def _starts_sentence(text: str, quote: Quote) -> bool:
    before = text[: quote.start].rstrip()[-1:] if quote.start else ""
    return before in ("", ".", "?", "!", "”", '"', ":", "…", "—")


def _finished(claims: list[_Open], text: str, quotes: Quotes, speakers: Speakers) -> tuple[Claim, ...]:
    ids = {id(claim): f"c{number}" for number, claim in enumerate(claims, 1)}
    return tuple(
        Claim(
            id=ids[id(claim)],
            speaker=speakers.actor_of(claim.source) if claim.source is not None else None,
            speaker_span=claim.source,
            cue=claim.cue,
            content=tuple(claim.content),
            kind=kind_of(claim.content, quotes, text),
            sentence=claim.sentence,
            embedded_in=ids.get(id(claim.embedded_in)),
        )
        for claim in claims
    )
