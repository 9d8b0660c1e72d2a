"""The entries of a user's ontology, in the syntax of the package's lexicon, checked as strictly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tacitus.errors import DataError
from tacitus.events.classes import NounClasses
from tacitus.events.cuts import ModelRules
from tacitus.events.entries import Source, check_group, is_condition, look_alikes, make_group
from tacitus.ontology import Ontology, OwnOntology
from tacitus.resources import data_path, load_toml

FRAMES = {
    "verb_frame": "subj > obj | against | on | to | at",
    "noun_frame": "poss_agent | by | from | mod > of | on | against | to | at | poss",
}
"""Where the parties of a type stand that refines none of PLOVER's and says nothing of its own."""
FORMS = {
    "type": str, "cameo": str, "mode": str, "frame": str, "noun_frame": str, "complement": str, "content": str,
    "verbs": list, "nouns": list, "objects": list, "require": list, "weak": list, "modes": dict, "cameos": dict,
}  # fmt: skip


def own_groups(own: OwnOntology, *, ontology: Ontology, classes: NounClasses) -> Iterator[Source]:
    """What the file adds to the lexicon; `ontology` has its types already. Raises DataError naming the entry that is wrong."""
    for where, group in own.entries:
        type_ = _type(group, ontology, where)
        full = {"cameo": _cameo(type_, ontology), **{key: value for key, value in group.items() if key != "type"}}
        check_group(full, where=where, classes=classes)
        data = {"type": type_, **_frames(type_, own, ontology)}
        yield make_group(full, data, ontology=ontology, where=where, own=True)
    for where, group in own.excluded:
        if unknown := sorted(set(group) - {"reason", "verbs", "nouns"}):
            raise DataError(f"{where}: unknown key {unknown[0]!r}; there are reason, verbs, nouns")
        yield look_alikes(group, where=where, own=True)


def _type(group: Mapping[str, Any], ontology: Ontology, where: str) -> str:
    """The type of a group whose values are all of the right form."""
    for key, value in group.items():
        wanted = FORMS.get(key, list if is_condition(key) else object)
        if not isinstance(value, wanted):
            raise DataError(f"{where}: {key} cannot be {value!r}")
        words = value if isinstance(value, list) else value.values() if isinstance(value, dict) else ()
        if not all(isinstance(word, str) and word.strip() for word in words):
            raise DataError(f"{where}: {key} has something that is no word")
    if "type" not in group:
        raise DataError(f"{where}: needs `type`: one of your own or of {', '.join(ontology.types)}")
    ontology.check(group["type"], None, where=where)
    return str(group["type"])


def _cameo(type_: str, ontology: Ontology) -> str:
    """The code of an entry that gives none: its type's, else the most general one of the PLOVER type it follows, else none."""
    known = ontology.types[type_]
    return known.cameo or ModelRules.load().cameo.get(known.base, "")


def _frames(type_: str, own: OwnOntology, ontology: Ontology) -> dict[str, str]:
    base = data_path("events", "lexicon", f"{ontology.types[type_].base.lower()}.toml")
    usual = load_toml(base) if base.exists() else FRAMES
    return {key: own.frames.get(type_, {}).get(key, usual[key]) for key in FRAMES}
