"""The one reader of CoNLL-U files: sentence by sentence as the columns stand, or as documents with text, offsets and gold trees.

Whoever needs other columns (training, scoring, tests against gold trees) builds on `read_blocks`. The format: ten tab-separated columns,
a blank line after each sentence, comments before it (https://universaldependencies.org/format.html). Empty nodes are checked and passed
over, for they are no part of the basic tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from tacitus.errors import DataError
from tacitus.language.document import ROOT, Parse, Sentence, Token
from tacitus.language.tree import is_tree

COLUMNS = 10
# a word's number, a multiword token's range, or an empty node's
_ID = re.compile(r"([0-9]{1,9})(?:([-.])([0-9]{1,9}))?")
_NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class WordRow:
    """One UD word, its columns as they stand. `head` is the index of the governor, `ROOT` for the root.

    `glued`: no white space before it, by SpaceAfter; later words of a multiword token always are.
    """

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str
    misc: str
    glued: bool


@dataclass(frozen=True, slots=True)
class SurfaceToken:
    """A token as it is written, for the words `[first, past)`: one, or several of a multiword token ("don't")."""

    form: str
    first: int
    past: int
    space_after: bool


@dataclass(frozen=True, slots=True)
class Block:
    """One sentence of the file; `line` is where its rows begin. There is at least one word, and the heads make a tree."""

    line: int
    comments: Mapping[str, str]
    tokens: tuple[SurfaceToken, ...]
    words: tuple[WordRow, ...]

    @property
    def id(self) -> str:
        return self.comments.get("sent_id", "")

    @property
    def opens_document(self) -> str | None:
        """The id of the document that begins here ("" where it has none), else None."""
        return self.comments.get("newdoc id", self.comments.get("newdoc"))

    @property
    def opens_paragraph(self) -> bool:
        return "newpar" in self.comments or "newpar id" in self.comments or self.opens_document is not None


@dataclass(frozen=True, slots=True)
class TreebankDocument:
    """One document: its text with the gold trees, without entities; `sentence_ids` go with the sentences of `parse`."""

    id: str
    sentence_ids: tuple[str, ...]
    parse: Parse


def read_conllu(path: Path) -> Iterator[Parse]:
    """The parses of `read_documents`."""
    return (document.parse for document in read_documents(path))


def read_documents(path: Path) -> Iterator[TreebankDocument]:
    """The documents of a treebank, in order; sentences before the first `# newdoc` make one that has the file's name for an id.

    A paragraph (`# newpar`) stands behind a blank line, any other sentence behind a blank unless SpaceAfter=No. A sentence's text is its
    `# text` where that spells its tokens, white space aside; else it is put together from forms and SpaceAfter. A word of a multiword
    token that has no letters of its own ("du" for "de" + "le") gets an empty span. Errors as in `read_blocks`.
    """
    identifier = path.name
    blocks: list[Block] = []
    for block in read_blocks(path):
        if block.opens_document is not None:
            if blocks:
                yield _document(identifier, blocks)
            identifier, blocks = block.opens_document, []
        blocks.append(block)
    if blocks:
        yield _document(identifier, blocks)


def read_blocks(path: Path) -> Iterator[Block]:
    """The sentences of a file, in order.

    Raises DataError naming file and line where the file cannot be read or is not CoNLL-U: not UTF-8, not ten columns, an empty form,
    words not numbered 1, 2, 3 …, features that are no pairs, heads that are no tree with one root.
    """
    comments: dict[str, str] = {}
    rows: list[tuple[int, list[str]]] = []
    for number, line in _lines(path):
        if not line.strip():
            if rows:
                yield _block(path, comments, rows)
                comments, rows = {}, []
        elif line.startswith("#"):
            if rows:
                raise DataError(f"{path}:{number}: a comment inside a sentence; a blank line is missing before it")
            key, _, value = line[1:].partition("=")
            comments[key.strip()] = value.strip()
        else:
            rows.append((number, line.split("\t")))
    if rows:
        yield _block(path, comments, rows)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Numbered lines; decoded one by one, so that an error can name its line."""
    number = 0
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                yield number, line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
    except FileNotFoundError as err:
        raise DataError(f"{path}: no such file") from err
    except OSError as err:
        raise DataError(f"{path}: cannot be read: {err.strerror}") from err
    except UnicodeDecodeError as err:
        raise DataError(f"{path}:{number}: not UTF-8 text: {err.reason}") from err


def _block(path: Path, comments: Mapping[str, str], rows: Sequence[tuple[int, list[str]]]) -> Block:
    tokens: list[SurfaceToken] = []
    words: list[list[str]] = []
    lines: list[int] = []
    for line, cells in rows:
        where = f"{path}:{line}"
        first, mark, last = _checked_id(cells, where)
        if mark == ".":
            continue
        if first != len(words) + 1 or (mark and (last < first or first <= _covered(tokens))):
            raise DataError(f"{where}: {cells[0]} stands where word {len(words) + 1} is due")
        if mark:
            tokens.append(_token(cells, first - 1, last))
            continue
        if first > _covered(tokens):
            tokens.append(_token(cells, first - 1, first))
        words.append(cells)
        lines.append(line)
    if _covered(tokens) > len(words):
        raise DataError(f"{path}:{rows[-1][0]}: the sentence ends inside the multiword token {tokens[-1].form!r}")
    if not words:
        raise DataError(f"{path}:{rows[0][0]}: a sentence without words")
    glued = _glued(tokens, len(words))
    heads = [_head(cells, len(words), f"{path}:{line}") for line, cells in zip(lines, words, strict=True)]
    if not is_tree(heads):
        raise DataError(f"{path}:{lines[0]}: the heads of the sentence make no tree with one root")
    return Block(lines[0], comments, tuple(tokens), tuple(map(_word, words, heads, glued)))


def _checked_id(cells: Sequence[str], where: str) -> tuple[int, str, int]:
    """A row's (number, "", number), (first, "-", last) or (word before, ".", place), after its columns were checked."""
    if len(cells) != COLUMNS:
        raise DataError(f"{where}: {len(cells)} columns instead of {COLUMNS}")
    found = _ID.fullmatch(cells[0])
    if found is None:
        raise DataError(f"{where}: {cells[0]!r} is no number of a word")
    if not cells[1].strip():
        raise DataError(f"{where}: the form is empty")
    if cells[5] != "_" and not all(name and value for name, _, value in _pairs(cells[5])):
        raise DataError(f"{where}: the features {cells[5]!r} are no name=value pairs")
    return int(found[1]), found[2] or "", int(found[3] or found[1])


def _pairs(feats: str) -> Iterator[tuple[str, str, str]]:
    return (pair.partition("=") for pair in feats.split("|"))


def _covered(tokens: Sequence[SurfaceToken]) -> int:
    """Up to which word number the tokens so far reach."""
    return tokens[-1].past if tokens else 0


def _token(cells: Sequence[str], first: int, past: int) -> SurfaceToken:
    return SurfaceToken(cells[1], first, past, "SpaceAfter=No" not in cells[9].split("|"))


def _head(cells: Sequence[str], size: int, where: str) -> int:
    if not _NUMBER.fullmatch(cells[6]) or int(cells[6]) > size:
        raise DataError(f"{where}: the head {cells[6]!r} is no number from 0 to {size}")
    return int(cells[6]) - 1 if int(cells[6]) else ROOT


def _glued(tokens: Sequence[SurfaceToken], size: int) -> list[bool]:
    glued = [True] * size
    glued[0] = False
    for before, token in pairwise(tokens):
        glued[token.first] = not before.space_after
    return glued


def _word(cells: Sequence[str], head: int, glued: bool) -> WordRow:
    _, form, lemma, upos, xpos, feats, _, deprel, _, misc = cells
    return WordRow(form, lemma, upos, xpos, feats, head, deprel, misc, glued)


def _document(identifier: str, blocks: Sequence[Block]) -> TreebankDocument:
    parts: list[str] = []
    sentences: list[Sentence] = []
    length, gap = 0, ""
    for index, block in enumerate(blocks):
        gap = "" if not parts else "\n\n" if block.opens_paragraph else gap
        text, spans = _text(block)
        start = length + len(gap)
        tokens = _tokens(block, [(start + first, start + past) for first, past in spans])
        sentences.append(Sentence(index, start + spans[0][0], start + spans[-1][1], tokens))
        parts += [gap, text]
        length = start + len(text)
        gap = " " if block.tokens[-1].space_after else ""
    return TreebankDocument(identifier, tuple(block.id for block in blocks), Parse("".join(parts), sentences))


def _text(block: Block) -> tuple[str, list[tuple[int, int]]]:
    """The sentence's text, and where its tokens stand in it."""
    forms = [token.form for token in block.tokens]
    text = block.comments.get("text", "")
    spans = _spans(text, forms)
    if spans is None:
        text = "".join(token.form + " " * token.space_after for token in block.tokens).strip()
        spans = _spans(text, forms)
        assert spans is not None  # a text made of the forms spells them
    return text, spans


def _spans(text: str, forms: Sequence[str]) -> list[tuple[int, int]] | None:
    """Where each form stands when the text is all of them one after the other, white space aside; None when it is not."""
    places = [place for place, character in enumerate(text) if not character.isspace()]
    letters = "".join(text[place] for place in places)
    solid = ["".join(form.split()) for form in forms]
    if "".join(solid) != letters:
        return None
    spans, begin = [], 0
    for form in solid:
        end = begin + len(form)
        spans.append((places[begin], places[end - 1] + 1))
        begin = end
    return spans


def _tokens(block: Block, spans: Sequence[tuple[int, int]]) -> list[Token]:
    places = [place for token, span in zip(block.tokens, spans, strict=True) for place in _shares(block, token, span)]
    return [
        Token(index, start, end, word.form, word.lemma, word.upos, word.head, word.deprel, _features(word.feats))
        for index, (word, (start, end)) in enumerate(zip(block.words, places, strict=True))
    ]


def _shares(block: Block, token: SurfaceToken, span: tuple[int, int]) -> list[tuple[int, int]]:
    """The words' parts of a token: its letters in turn where the words have as many, else nothing at its two ends."""
    words = block.words[token.first : token.past]
    start, end = span
    if len(words) == 1:
        return [span]
    if sum(len(word.form) for word in words) != end - start:
        return [(start, start), *[(end, end)] * (len(words) - 1)]
    places = []
    for word in words:
        places.append((start, start + len(word.form)))
        start += len(word.form)
    return places


def _features(feats: str) -> dict[str, str]:
    return {} if feats == "_" else {name: value for name, _, value in _pairs(feats)}
