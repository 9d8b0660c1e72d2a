"""Types, modes and contexts of the user's own, in TOML, beside PLOVER's. What PLOVER itself says cannot be changed.

[type.EVICTION]                       # a new type; a type of PLOVER may only be given further `modes`
refines = "COERCE"                    # optional: a kind of this type, which gives what is not said here and the rules it follows
quad = 4                              # 1 verbal cooperation … 4 material conflict
score = -6                            # -10 to +10
cameo = "171"                         # optional
gloss = "drives people out of their homes"
modes = { forced = -8 }
examples = ["The city council evicted 40 families.", { text = "…", mode = "forced", recipients = ["40 families"] }]
counterexamples = ["The landlord evicted a virus from his laptop."]

[context.housing]                     # a new context, or further words for one of PLOVER's
strong = ["housing estate", "tenant"]

[[entry]]                             # as in the package's lexicon, with `type`
type = "EVICTION"
verbs = ["evict", "turn out of home"]

[[exclude]]                           # look-alikes
reason = "a virus is no tenant"
verbs = ["evict virus"]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tacitus.errors import DataError
from tacitus.ontology.plover import STATUSES, EventType, Ontology
from tacitus.resources import load_toml

TABLES: dict[str, dict[str, type]] = {
    "type": {
        "refines": str, "quad": int, "score": float, "cameo": str, "gloss": str, "requires_recipient": bool, "modes": dict,
        "verb_frame": str, "noun_frame": str, "examples": list, "counterexamples": list,
    },
    "context": {"strong": list, "weak": list, "examples": list, "counterexamples": list},
}  # fmt: skip
EXAMPLE: dict[str, type] = {
    "text": str,
    "mode": str,
    "status": str,
    "contexts": list,
    "actors": list,
    "recipients": list,
}
TYPE_NAME = re.compile(r"[A-Z][A-Z0-9_]*")
SMALL_NAME = re.compile(r"[a-z][a-z0-9_-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sentence with what must be coded in it, or must not (`unwanted`). None: not asked. Parties are given by their words."""

    where: str
    text: str
    unwanted: bool = False
    type: str | None = None
    mode: str | None = None
    status: str | None = None
    contexts: tuple[str, ...] = ()
    actors: tuple[str, ...] | None = None
    recipients: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnOntology:
    """One file of the user's: its types (also PLOVER's with further modes), frames, context words, entries as written, and examples.

    `entries` and `excluded` hold where a group stands and the group.
    """

    path: Path
    types: Mapping[str, EventType] = field(default_factory=dict)
    frames: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    contexts: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    entries: Sequence[tuple[str, Mapping[str, Any]]] = ()
    excluded: Sequence[tuple[str, Mapping[str, Any]]] = ()
    examples: Sequence[Example] = ()

    def laid_over(self, ontology: Ontology) -> Ontology:
        """PLOVER, or what is given, with what this file adds."""
        return replace(
            ontology,
            types={**ontology.types, **self.types},
            contexts=ontology.contexts | self.contexts.keys(),
        )


def read_own_ontology(path: Path, *, ontology: Ontology) -> OwnOntology:
    """A user's file, its types and contexts checked against `ontology`. Raises DataError that names the place of the first fault."""
    tables = load_toml(path)
    place = _Places(path)
    if unknown := sorted(set(tables) - {*TABLES, "entry", "exclude"}):
        raise DataError(
            f"{path}: unknown table {unknown[0]!r}; there are [type.X], [context.x], [[entry]], [[exclude]]"
        )
    types = dict(_types(tables, ontology, place))
    known = {**ontology.types, **types}
    contexts = dict(_contexts(tables, place))
    return OwnOntology(
        path=path,
        types=types,
        frames=_frames(tables, ontology),
        contexts=contexts,
        entries=tuple(_groups(tables, "entry", place)),
        excluded=tuple(_groups(tables, "exclude", place)),
        examples=tuple(_examples(tables, known, ontology.contexts | contexts.keys(), place)),
    )


class _Places:
    """Where things stand in the file, for messages: TOML itself keeps no lines."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lines = path.read_text(encoding="utf-8").splitlines()

    def table(self, name: str) -> str:
        return self._named([rf"\s*\[\s*{re.escape(name)}\s*\]"], 0, f"[{name}]")

    def group(self, name: str, number: int, label: str) -> str:
        """The line of the n-th [[name]], and the first words of the group."""
        return self._named([rf"\s*\[\[\s*{name}\s*\]\]"], number, f"{name} {number + 1} ({label})")

    def _named(self, patterns: Iterable[str], number: int, label: str) -> str:
        found = [n for n, line in enumerate(self._lines, 1) if any(re.match(pattern, line) for pattern in patterns)]
        line = f":{found[number]}" if number < len(found) else ""
        return f"{self._path}{line}: {label}"


def _tables(tables: Mapping[str, Any], kind: str, place: _Places) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Name, place and content of the tables of a kind, their keys and values of the right form."""
    found = tables.get(kind, {})
    if not isinstance(found, dict):
        raise DataError(f"{place.table(kind)}: write [{kind}.NAME], once for each")
    for name, table in found.items():
        where = place.table(f"{kind}.{name}")
        if not isinstance(table, dict):
            raise DataError(f"{where}: not a table; write [{kind}.{name}] and its keys below it")
        _check(table, TABLES[kind], where)
        yield name, where, table


def _check(table: Mapping[str, Any], keys: Mapping[str, type], where: str) -> None:
    for key, value in table.items():
        if key not in keys:
            raise DataError(f"{where}: unknown key {key!r}; there are {', '.join(keys)}")
        right = (int, float) if keys[key] is float else keys[key]
        if not isinstance(value, right) or (isinstance(value, bool) and keys[key] is not bool):
            raise DataError(f"{where}: {key} cannot be {value!r}; a {_form(keys[key])} is wanted")


def _form(wanted: type) -> str:
    return {
        str: "text in quotes",
        list: "list",
        dict: "table { name = value }",
        int: "whole number",
        float: "number",
    }.get(wanted, "true or false")


# ---------------------------------------------------------------- types


def _types(tables: Mapping[str, Any], ontology: Ontology, place: _Places) -> Iterator[tuple[str, EventType]]:
    for name, where, table in _tables(tables, "type", place):
        modes = _modes(table, where)
        if name in ontology.types:
            yield name, _with_modes(ontology.types[name], table, modes, where)
        elif TYPE_NAME.fullmatch(name):
            yield name, _new_type(name, table, modes, ontology, where)
        else:
            raise DataError(f"{where}: a type is named in capitals, digits and underscores, like EVICTION")


def _modes(table: Mapping[str, Any], where: str) -> dict[str, float]:
    modes = table.get("modes", {})
    for mode, score in modes.items():
        if not SMALL_NAME.fullmatch(mode) or mode == "none":
            raise DataError(f"{where}: mode {mode!r}: modes are named in small letters, and 'none' stands for no mode")
        _check_score(score, f"{where}: mode {mode}")
    return {mode: float(score) for mode, score in modes.items()}


def _with_modes(known: EventType, table: Mapping[str, Any], modes: dict[str, float], where: str) -> EventType:
    """A type there is already, with further modes."""
    if changed := sorted(set(table) - {"modes", "examples", "counterexamples"}):
        raise DataError(
            f"{where}: {changed[0]!r} of {known.name} is fixed; only `modes` and examples can be added, or make a type that refines it"
        )
    if taken := sorted(set(modes) & set(known.modes)):
        raise DataError(f"{where}: {known.name} has the mode {taken[0]!r} already; its score is fixed")
    return replace(known, modes={**known.modes, **modes})


def _new_type(
    name: str, table: Mapping[str, Any], modes: dict[str, float], ontology: Ontology, where: str
) -> EventType:
    base = ontology.types.get(table.get("refines", ""))
    if "refines" in table and (base is None or base.own):
        raise DataError(
            f"{where}: refines {table['refines']!r}, which is no type of PLOVER ({', '.join(ontology.types)})"
        )
    if base is None and not {"quad", "score"} <= set(table):
        raise DataError(
            f"{where}: needs `quad` (1 to 4) and `score` (-10 to +10), or `refines` with a type that has them"
        )
    quad, score = table.get("quad", base and base.quad), table.get("score", base and base.score)
    if quad not in (1, 2, 3, 4):
        raise DataError(f"{where}: quad is 1, 2, 3 or 4, not {quad!r}")
    _check_score(score, where)
    cameo = table.get("cameo", "")
    if cameo and cameo not in ontology.cameo:
        raise DataError(f"{where}: unknown CAMEO code {cameo!r}; leave `cameo` out where CAMEO has none")
    return EventType(
        name=name,
        gloss=table.get("gloss", base.gloss if base else name.lower().replace("_", " ")),
        quad=quad,
        requires_recipient=table.get("requires_recipient", base.requires_recipient if base else False),
        score=float(score),
        modes=modes,
        own=True,
        refines=base.name if base else None,
        cameo=cameo,
    )


def _check_score(score: object, where: str) -> None:
    if isinstance(score, bool) or not isinstance(score, (int, float)) or not -10 <= score <= 10:
        raise DataError(f"{where}: a score is a number from -10 (conflict) to +10 (cooperation), not {score!r}")


def _frames(tables: Mapping[str, Any], ontology: Ontology) -> dict[str, dict[str, str]]:
    """The frames that entries of the new types have unless they say otherwise."""
    return {
        name: {key: table[key] for key in ("verb_frame", "noun_frame") if key in table}
        for name, table in tables.get("type", {}).items()
        if name not in ontology.types
    }


# ---------------------------------------------------------------- contexts, entries


def _contexts(tables: Mapping[str, Any], place: _Places) -> Iterator[tuple[str, dict[str, Sequence[str]]]]:
    for name, where, table in _tables(tables, "context", place):
        if not SMALL_NAME.fullmatch(name) or name == "none":
            raise DataError(f"{where}: a context is named in small letters")
        lists: dict[str, Sequence[str]] = {key: table[key] for key in ("strong", "weak") if key in table}
        for key, phrases in lists.items():
            _check_words(phrases, f"{where}: {key}")
        if not lists:
            raise DataError(f"{where}: needs a list `strong` or `weak` of words")
        yield name, lists


def _groups(tables: Mapping[str, Any], kind: str, place: _Places) -> Iterator[tuple[str, dict[str, Any]]]:
    """Groups of the lexicon, their lists of words checked for form."""
    groups = tables.get(kind, [])
    if not isinstance(groups, list):
        raise DataError(f"{place.table(kind)}: write [[{kind}]] with two brackets, once for each group")
    for number, group in enumerate(groups):
        words = [*_words_of(group, "verbs"), *_words_of(group, "nouns")] if isinstance(group, dict) else []
        where = place.group(kind, number, f"{words[0]} …" if words else "no words")
        if not isinstance(group, dict):
            raise DataError(f"{where}: not a table of keys and values")
        for key in ("verbs", "nouns", "objects"):
            if key in group:
                _check_words(group[key], f"{where}: {key}")
        if not words:
            raise DataError(f"{where}: needs `verbs` or `nouns`, a list of words in their base form")
        yield where, group


def _words_of(group: Mapping[str, Any], key: str) -> list[Any]:
    value = group.get(key, [])
    return value if isinstance(value, list) else [value]


def _check_words(value: object, where: str) -> None:
    if not isinstance(value, list) or not value:
        raise DataError(f'{where} must be a list of words, like ["evict", "turn out of home"]')
    for phrase in value:
        if not isinstance(phrase, str) or not any(map(str.isalnum, phrase)):
            raise DataError(f"{where} has {phrase!r}, which is no word")


# ---------------------------------------------------------------- examples


def _examples(
    tables: Mapping[str, Any], types: Mapping[str, EventType], contexts: Iterable[str], place: _Places
) -> Iterator[Example]:
    for kind in TABLES:
        for name, where, table in _tables(tables, kind, place):
            about = {"type": name} if kind == "type" else {"contexts": (name,)}
            for key in ("examples", "counterexamples"):
                for number, written in enumerate(table.get(key, ()), 1):
                    at = f"{where}: {key[:-1]} {number}"
                    yield _example(
                        written, about, at, unwanted=key == "counterexamples", types=types, contexts=contexts
                    )


def _example(
    written: object,
    about: Mapping[str, Any],
    where: str,
    *,
    unwanted: bool,
    types: Mapping[str, EventType],
    contexts: Iterable[str],
) -> Example:
    if isinstance(written, str):
        written = {"text": written}
    if not isinstance(written, dict):
        raise DataError(f"{where}: a sentence in quotes, or {{ text = …, mode = … }}")
    _check(written, EXAMPLE, where)
    if not written.get("text", "").strip():
        raise DataError(f"{where}: needs the sentence as `text`")
    if written.get("status", "actual") not in STATUSES:
        raise DataError(f"{where}: unknown status {written['status']!r}; there are {', '.join(STATUSES)}")
    if "mode" in written and ("type" not in about or written["mode"] not in types[about["type"]].modes):
        raise DataError(f"{where}: {about.get('type', 'a context')} has no mode {written['mode']!r}")
    if strangers := sorted(set(written.get("contexts", ())) - set(contexts)):
        raise DataError(f"{where}: unknown context {strangers[0]!r}")
    lists = {key: tuple(value) for key, value in written.items() if isinstance(value, list)}
    lists["contexts"] = tuple(dict.fromkeys((*about.get("contexts", ()), *lists.get("contexts", ()))))
    return Example(where=where, unwanted=unwanted, **{**written, **about, **lists})
