"""A dependency tree drawn sideways in characters: a word a line, governors left of their dependants.

    ┌── The
  ┌─┴ army
──┼ shelled
  │ ┌── the
  └─┴ town
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tacitus.language.document import ROOT, Sentence, Token

JOINTS = {
    (False, False): "─",
    (True, False): "┴",
    (False, True): "┬",
    (True, True): "┼",
}  # by dependants (before, after)
THROUGH, EMPTY = "│ ", "  "


@dataclass(frozen=True, slots=True)
class _Branch:
    """A word still to be drawn with all below it: its own arm, and what stands left of the lines above and below its own."""

    token: Token
    left: str
    arm: str
    above: str
    below: str


def branches(sentence: Sentence) -> Iterator[tuple[str, Token]]:
    """Every word once with the strokes before it. The order is that of the text where no arcs cross; else a word stands by its governor.

    In a damaged tree, words that no root leads to are drawn as roots.
    """
    drawn: set[int] = set()
    for token in sorted(sentence.tokens, key=lambda token: token.head != ROOT):
        stack: list[_Branch | tuple[str, Token]] = []
        if token.index not in drawn:
            stack.append(_Branch(token, "", "──", EMPTY, EMPTY))
        while stack:
            item = stack.pop()
            if isinstance(item, tuple):
                yield item
            elif item.token.index not in drawn:
                drawn.add(item.token.index)
                stack += reversed(_opened(sentence, item))


def _opened(sentence: Sentence, branch: _Branch) -> list[_Branch | tuple[str, Token]]:
    """The dependants before the word, its own line, and those after it."""
    token = branch.token
    children = sentence.children(token)
    before = [child for child in children if child.index < token.index]
    after = [child for child in children if child.index > token.index]
    upper, lower = branch.left + branch.above, branch.left + branch.below
    line = f"{branch.left}{branch.arm}{JOINTS[bool(before), bool(after)]} ", token
    return [
        *(
            _Branch(child, upper, "├─" if n else "┌─", THROUGH if n else EMPTY, THROUGH)
            for n, child in enumerate(before)
        ),
        line,
        *(_Branch(child, lower, "├─", THROUGH, THROUGH) for child in after[:-1]),
        *(_Branch(child, lower, "└─", THROUGH, EMPTY) for child in after[-1:]),
    ]
