"""Read actor and agent dictionaries in the syntax of TABARI and PETRARCH.

    KARIM_AL_DABBAGH_ ; a comment          an actor; underscores are blanks
    +GENERAL_DABBAGH_                      another name of it
        [IRQMIL 980101-030408]             its code, with dates: from-to, >from, <before, or none; six digits or eight
        [IRQELI >20030409]
    FOREIGN_AFFAIRS_CHIEF [~GOV]           an agent: the code comes behind that of a country
    GENDARME {GENDARMES} [~COP]            with its plural; {~} has none
    !CHIEF! = HEAD, CHIEF                  a set of words: !CHIEF!_OF_STAFF stands for two agents

A code that depends on no date holds where no dated one does. Everything after ; or # is a comment, as is <!-- … -->.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product
from pathlib import Path

from tacitus.errors import DataError

COMMENT = re.compile(r"<!--.*?-->|[;#].*$")
CODE = re.compile(r"\[([^\]]*)\]")
PLURAL = re.compile(r"\{([^}]*)\}")
SET = re.compile(r"!([^!]+)!")
DEFINITION = re.compile(r"!([^!]+)!\s*=\s*(.+)")
DAY = re.compile(r"\d{8}|\d{6}")
CENTURY = 30  # two-digit years from here on are of the 20th century
LAST_DAY = date.max


@dataclass(frozen=True, slots=True)
class DatedCode:
    """A code as written, with the days it holds, inclusive; None is open."""

    code: str
    since: date | None = None
    until: date | None = None


@dataclass(slots=True)
class DictionaryActor:
    """An actor: its names in capitals, the first is the primary one."""

    where: str
    names: list[str]
    codes: list[DatedCode] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class DictionaryAgent:
    """An agent noun in capitals; `plural` None is the regular one."""

    where: str
    noun: str
    plural: str | None
    code: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line that could not be used, and why."""

    where: str
    text: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where}: {self.text}: {self.reason}"


@dataclass(slots=True)
class Dictionary:
    """What a file holds."""

    actors: list[DictionaryActor] = field(default_factory=list)
    agents: list[DictionaryAgent] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def read_dictionary(path: Path) -> Dictionary:
    """Read a file of actors, agents or both. Raises DataError when it cannot be read; lines that make no sense are in `left_out`."""
    found = Dictionary()
    sets: dict[str, list[str]] = {}
    for number, line in enumerate(dictionary_text(path).splitlines(), 1):
        content = COMMENT.sub("", line).strip()
        where = f"{path.name}:{number}"
        if not content:
            continue
        definition = DEFINITION.fullmatch(content)
        if definition:
            sets[definition[1].strip()] = [part.strip() for part in definition[2].split(",") if part.strip()]
        elif "~" in "".join(CODE.findall(content)):
            _add_agent(found, content, where, sets)
        else:
            _add_actor_line(found, content, where)
    found.left_out += [LeftOut(actor.where, actor.names[0], "has no code") for actor in found.actors if not actor.codes]
    found.actors = [actor for actor in found.actors if actor.codes]
    return found


def dictionary_text(path: Path) -> str:
    """The content of a dictionary file, of either encoding. Raises DataError when it cannot be read."""
    try:
        content = path.read_bytes()
    except OSError as err:
        raise DataError(f"{path}: cannot be read: {err.strerror}") from err
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")  # most of these files were made on Windows before 2015


def _add_actor_line(found: Dictionary, content: str, where: str) -> None:
    """A primary name, a further name, codes, or a name and its codes."""
    name = _words(CODE.sub(" ", PLURAL.sub(" ", content)).lstrip("+"))
    if name and not content.startswith("+"):
        found.actors.append(DictionaryActor(where, [name]))
    elif not found.actors:
        found.left_out.append(LeftOut(where, content, "belongs to no actor"))
        return
    elif name:
        found.actors[-1].names.append(name)
    for written in CODE.findall(content):
        try:
            found.actors[-1].codes.append(_dated_code(written))
        except ValueError as err:
            found.left_out.append(LeftOut(where, f"[{written}]", str(err)))


def _add_agent(found: Dictionary, content: str, where: str, sets: dict[str, list[str]]) -> None:
    plural = PLURAL.search(content)
    many = None if plural is None else "" if plural[1].strip() == "~" else _words(plural[1])
    code = CODE.findall(content)[0].replace("~", "").strip()
    noun = CODE.sub(" ", PLURAL.sub(" ", content)).strip()
    missing = [name for name in SET.findall(noun) if name not in sets]
    if missing or not _words(noun):
        reason = f"the set !{missing[0]}! is not defined above" if missing else "has no name"
        found.left_out.append(LeftOut(where, content, reason))
        return
    for form in _expanded(noun, sets):
        found.agents.append(DictionaryAgent(where, _words(form), many, code))


def _expanded(noun: str, sets: dict[str, list[str]]) -> Iterator[str]:
    """The noun with every set replaced by each of its words."""
    parts = SET.split(noun)
    choices = [[part] if n % 2 == 0 else sets[part] for n, part in enumerate(parts)]
    for chosen in product(*choices):
        yield "".join(chosen)


def _words(name: str) -> str:
    return " ".join(name.replace("_", " ").replace("!", " ").split())


def _dated_code(written: str) -> DatedCode:
    """Raises ValueError for a date that is none."""
    code, _, when = written.strip().partition(" ")
    when = when.strip()
    if not when:
        return DatedCode(code)
    if when[0] in "<>":
        day = _day(when[1:])
        return DatedCode(code, until=day - timedelta(1)) if when[0] == "<" else DatedCode(code, since=day)
    first, _, last = when.partition("-")
    since, until = _day(first), _day(last)
    if since > until:
        raise ValueError(f"{when!r} ends before it begins")
    return DatedCode(code, since, until)


def _day(written: str) -> date:
    written = written.strip()
    if not DAY.fullmatch(written):
        raise ValueError(f"{written!r} is no date of six or eight digits")
    if len(written) == 6:
        written = ("19" if int(written[:2]) >= CENTURY else "20") + written
    try:
        return date(int(written[:4]), int(written[4:6]), int(written[6:]))
    except ValueError as err:
        raise ValueError(f"{written!r} is no day of the calendar") from err


def complete(codes: Sequence[DatedCode]) -> list[DatedCode]:
    """The dated codes in order, and the first undated one in the stretches that none of them covers."""
    dated = sorted((code for code in codes if code.since or code.until), key=lambda code: code.since or date.min)
    always = next((code.code for code in codes if not code.since and not code.until), None)
    return dated if always is None else sorted([*dated, *_gaps(always, dated)], key=lambda code: code.since or date.min)


def _gaps(code: str, dated: Iterable[DatedCode]) -> Iterator[DatedCode]:
    free: date | None = date.min
    for term in dated:
        if free is not None and term.since is not None and term.since > free:
            yield DatedCode(code, None if free == date.min else free, term.since - timedelta(1))
        if free is not None:
            end = term.until or LAST_DAY
            free = None if end == LAST_DAY else max(free, end + timedelta(1))
    if free is not None:
        yield DatedCode(code, None if free == date.min else free)
