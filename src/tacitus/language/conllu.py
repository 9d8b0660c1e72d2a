"""Read CoNLL-U treebanks into parses, for scoring and for tests against gold trees.

Multiword tokens and empty nodes are skipped over: the words are kept, as UD has it. A document (`# newdoc`) becomes one `Parse`;
its text is the sentences' `# text` lines joined with a blank line before a new paragraph (`# newpar`) and a blank otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tacitus.errors import DataError
from tacitus.language.document import ROOT, Parse, Sentence, Token

COLUMNS = 10


@dataclass
class _Block:
    """The lines of one sentence."""

    comments: dict[str, str] = field(default_factory=dict)
    rows: list[list[str]] = field(default_factory=list)


def read_conllu(path: Path) -> Iterator[Parse]:
    """The documents of a treebank, in order, each with its sentences and gold trees and without entities.

    Raises DataError naming file and line where a row does not have ten columns or a head is no number.
    """
    document: list[_Block] = []
    for block in _blocks(path):
        if "newdoc id" in block.comments and document:
            yield _parse(document)
            document = []
        document.append(block)
    if document:
        yield _parse(document)


def _blocks(path: Path) -> Iterator[_Block]:
    block = _Block()
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            line = line.rstrip("\n")
            if not line:
                if block.rows:
                    yield block
                block = _Block()
            elif line.startswith("#"):
                key, _, value = line[1:].partition("=")
                block.comments[key.strip()] = value.strip()
            else:
                cells = line.split("\t")
                if len(cells) != COLUMNS:
                    raise DataError(f"{path}:{number}: {len(cells)} columns instead of {COLUMNS}")
                if cells[0].isdigit():
                    if not cells[6].isdigit():
                        raise DataError(f"{path}:{number}: the head {cells[6]!r} is no number")
                    block.rows.append(cells)
    if block.rows:
        yield block


def _parse(blocks: list[_Block]) -> Parse:
    text, sentences = "", []
    for index, block in enumerate(blocks):
        if text:
            text += "\n\n" if "newpar id" in block.comments or "newpar" in block.comments else " "
        start = len(text)
        text += block.comments.get("text") or " ".join(row[1] for row in block.rows)
        sentences.append(Sentence(index, start, len(text), _tokens(block, text, start)))
    return Parse(text, sentences)


def _tokens(block: _Block, text: str, start: int) -> list[Token]:
    """Words found one after the other in the text; a word that is not there (a contraction's part) gets an empty span."""
    tokens, cursor = [], start
    for index, row in enumerate(block.rows):
        found = text.find(row[1], cursor)
        begin, end = (found, found + len(row[1])) if found >= 0 else (cursor, cursor)
        cursor = end
        feats = dict(pair.split("=", 1) for pair in row[5].split("|")) if row[5] != "_" else {}
        head = int(row[6]) - 1 if row[6] != "0" else ROOT
        tokens.append(Token(index, begin, end, row[1], row[2], row[3], head, row[7], feats))
    return tokens
