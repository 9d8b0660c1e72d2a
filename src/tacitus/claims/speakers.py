"""Which actor of the article a source phrase names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from tacitus.records import Actor, Mention, Span


class Speakers:
    """The mentions of all actors, to be asked by span."""

    def __init__(self, actors: Sequence[Actor]) -> None:
        pairs = [(mention, actor.id) for actor in actors for mention in actor.mentions]
        self._pairs = sorted(pairs, key=lambda pair: (pair[0].start, -pair[0].end, pair[1]))
        self._starts = [mention.start for mention, _ in self._pairs]
        self._longest = max((mention.end - mention.start for mention, _ in pairs), default=0)

    def actor_of(self, source: Span, *, aside: Sequence[Span] = ()) -> str | None:
        """The actor whose mention the source begins with or, failing that, the first one inside it; None when no mention overlaps.

        Mentions inside the phrases `aside` are not asked. Of mentions that start together the longest counts: it names the whole
        party. A mention that holds the whole source counts first.
        """
        near = [pair for pair in self._overlapping(source) if not any(span.contains(pair[0].span) for span in aside)]
        if not near:
            return None
        around = [pair for pair in near if pair[0].span.contains(source)]
        if around:
            return min(around, key=lambda pair: pair[0].end - pair[0].start)[1]
        return min(near, key=lambda pair: (max(pair[0].start, source.start), -pair[0].end))[1]

    def _overlapping(self, source: Span) -> list[tuple[Mention, str]]:
        index = bisect_left(self._starts, source.start - self._longest)
        found = []
        while index < len(self._pairs) and self._starts[index] < source.end:
            if self._pairs[index][0].end > source.start:
                found.append(self._pairs[index])
            index += 1
        return found
