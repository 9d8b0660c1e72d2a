"""Read verb dictionaries in the syntax of TABARI and PETRARCH.

    &ROADBLOCK                      a set of words: &ROADBLOCK in a pattern stands for each of them
    +BARRICADE
    +CHECK_POINT

    --- HAMMER [190] ---            a block: its verbs share the patterns below them
    HAMMER {HAMMERS HAMMERED}       a verb, with its forms; underscores are blanks
    POUND [195]                     a verb with a code of its own
    - * &ROADBLOCK [191]            a pattern: * the verb, $ who acts, + who is acted upon, % both sides
    - $ * {TALKS | MEETING} WITH + [040]
    - * HOME [---]                  no event

TABARI has no blocks: there every verb begins anew. Everything after ; or # is a comment, as is <!-- … -->. What this reader cannot make out
goes into `left_out`, with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from tacitus.actors.dictionaries import COMMENT, LeftOut, dictionary_text

HEADER = re.compile(r"-{3,}\s*([^\[\]]*?)\s*(?:\[([^\]]*)\])?\s*-{3,}")
CODE = re.compile(r"\[([^\]]*)\]\s*$")
FORMS = re.compile(r"\{[^}]*\}")
TOKEN = re.compile(r"\{[^}]*\}|[^\s{}()]+")
NOTHING = frozenset({"---", "", "--"})
"""Codes that say that the words are no event."""
SIGNS = frozenset("*$+%")
MAX_READINGS = 200  # of one pattern; alternatives multiply


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of a block, in capitals, its main word first; `code` "" for none."""

    where: str
    words: str
    code: str


@dataclass(frozen=True, slots=True)
class VerbPattern:
    """One reading of a pattern: signs and words in capitals, in order; `code` "" where it is no event."""

    where: str
    text: str
    items: tuple[str, ...]
    code: str


@dataclass(slots=True)
class Block:
    """Verbs with the patterns that hold for all of them."""

    where: str
    name: str
    code: str
    shared: bool
    verbs: list[Verb] = field(default_factory=list)
    patterns: list[VerbPattern] = field(default_factory=list)


@dataclass(slots=True)
class VerbDictionary:
    """What a file holds."""

    blocks: list[Block] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def read_verbs(path: Path) -> VerbDictionary:
    """Read a file of verbs. Raises DataError when it cannot be read; lines that make no sense are in `left_out`."""
    reader = _Reader(path.name)
    for number, line in enumerate(dictionary_text(path).splitlines(), 1):
        reader.read(line, f"{path.name}:{number}")
    return reader.finish()


class _Reader:
    """Reads line by line; knows the sets defined so far, the set or block it is in."""

    def __init__(self, name: str) -> None:
        self.found = VerbDictionary()
        self._sets: dict[str, list[str]] = {}
        self._set: list[str] | None = None

    def read(self, line: str, where: str) -> None:
        content = COMMENT.sub("", line).strip()
        if not content:
            self._set = None
        elif header := HEADER.fullmatch(content):
            self._set = None
            self.found.blocks.append(Block(where, header[1], _plain(header[2] or ""), shared=True))
        elif content.startswith("&"):
            self._set = self._sets.setdefault(_words(content[1:]), [])
        elif self._set is not None and content.startswith("+"):
            self._set.append(_words(FORMS.sub(" ", content[1:])))
        elif re.match(r"-(?!-)", content):
            self._pattern(content, where)
        elif re.match(r"[A-Za-z+]", content):
            self._verb(content, where)
        else:
            self._refuse(where, content, "is neither a verb, a pattern nor a set of words")

    def finish(self) -> VerbDictionary:
        """All that was read; a block without verbs is that of the verb it is named by."""
        for block in self.found.blocks:
            if not block.verbs and block.name:
                block.verbs.append(Verb(block.where, _verb_words(block.name), block.code))
        return self.found

    def _verb(self, content: str, where: str) -> None:
        code = CODE.search(content)
        words = _verb_words(FORMS.sub(" ", CODE.sub("", content)))
        if not re.fullmatch(r"[A-Z' ]+", words):
            self._refuse(where, content, "is no verb in capitals")
            return
        self._set = None
        blocks = self.found.blocks
        if not blocks or not blocks[-1].shared:
            blocks.append(Block(where, words, "", shared=False))
        blocks[-1].verbs.append(Verb(where, words, _plain(code[1]) if code else blocks[-1].code))

    def _pattern(self, content: str, where: str) -> None:
        code = CODE.search(content)
        body = CODE.sub("", content)[1:].strip()
        if not self.found.blocks:
            self._refuse(where, content, "belongs to no verb")
        elif code is None:
            self._refuse(where, content, "has no code")
        elif body.split().count("*") != 1:
            self._refuse(where, content, "does not say with one * where the verb stands")
        else:
            try:
                readings = list(self._readings(body))
            except ValueError as err:
                self._refuse(where, content, str(err))
                return
            self.found.blocks[-1].patterns += [VerbPattern(where, content, r, _plain(code[1])) for r in readings]

    def _readings(self, body: str) -> Iterator[tuple[str, ...]]:
        """The pattern with every alternative. Raises ValueError for a sign or a set that is not known."""
        choices = [self._choices(token) for token in TOKEN.findall(body)]
        size = 1
        for choice in choices:
            size *= len(choice)
        if size > MAX_READINGS:
            raise ValueError(f"has more than {MAX_READINGS} readings")
        for chosen in product(*choices):
            yield tuple(item for words in chosen for item in ([words] if words in SIGNS else words.split()))

    def _choices(self, token: str) -> list[str]:
        if token in SIGNS:
            return [token]
        if token.startswith("{"):
            return [one for part in token.strip("{}").split("|") for one in self._expanded(part.split())]
        return self._expanded([token])

    def _expanded(self, words: list[str]) -> list[str]:
        """The words as one string, each set replaced by each of its members."""
        choices = []
        for word in words:
            if word.startswith("&"):
                name = _words(word[1:])
                if not self._sets.get(name):
                    raise ValueError(f"names the set &{name.replace(' ', '_')}, which is not defined above")
                choices.append(self._sets[name])
            elif re.fullmatch(r"[A-Za-z'_-]+", word):
                choices.append([_words(word)])
            else:
                raise ValueError(f"has the sign {word!r}, which is not known here")
        return [" ".join(chosen) for chosen in product(*choices)]

    def _refuse(self, where: str, content: str, reason: str) -> None:
        self.found.left_out.append(LeftOut(where, content, reason))


def _plain(code: str) -> str:
    code = code.strip()
    return "" if code in NOTHING else code


def _words(text: str) -> str:
    return " ".join(text.replace("_", " ").upper().split())


def _verb_words(text: str) -> str:
    """The main word, marked with + where it is not the first, before the others."""
    first, plus, rest = text.replace("_", " ").upper().partition("+")
    if not plus:
        return " ".join(first.split())
    main, *others = rest.split() or [""]
    return " ".join([main, *others, *first.split()])
