"""Builds src/tacitus/data/language/neutral.tsv from the table of countries: ``python tools/build_neutral.py``."""

from __future__ import annotations

from pathlib import Path

from tacitus.resources import data_path, load_tsv

COUNTRIES = ("code", "name", "aliases", "adjectives", "demonyms", "capitals", "country", "sector", "from", "to")
TARGET = Path(__file__).parents[1] / "src/tacitus/data/language/neutral.tsv"
SHOWN = {"name": "Kenya", "adjective": "Kenyan", "people": "Kenyans", "capital": "Nairobi"}
_ALSO_OTHERS = (  # as often the name of a person or of something else
    "Chad Jordan Georgia Jersey Guinea Holland Reunion CAR DPR Lao Pole Dane Finn Scot Brit Victoria Antarctic Antarctica Ottoman "
    "Ottomans Emirates Solomons Washington Wellington Georgetown Douglas Balboa Salisbury Santiago Sofia Lima Pale Nassau "
    "Gustavia Luxembourg Singapore Netherlands Eswatini Lesotho Myanmar Basotho Paris London Philippine Buka Bern"
)
ALSO_OTHERS = frozenset(_ALSO_OTHERS.split())
HEADER = """\
# What the language model is shown in place of the names of countries, so that it cannot tell one from another: the same sentence about
# two other countries is read the same way. Built by tools/build_neutral.py from data/actors/countries.tsv; names that are as often
# something else (Chad, Jordan) are left out.
"""


def main() -> None:
    found: dict[str, str] = {}
    for row in load_tsv(data_path("actors", "countries.tsv"), columns=COUNTRIES):
        forms = []
        for pair in filter(None, row["demonyms"].split(";")):
            singular, plural = pair.split(":")
            forms += [(singular, "adjective"), *([(plural, "people")] if plural != singular else [])]
        forms += [(word, "name") for word in (row["name"], *row["aliases"].split(";"))]
        forms += [(word, "adjective") for word in row["adjectives"].split(";")]
        forms += [(word, "capital") for word in row["capitals"].split(";")]
        for word, kind in forms:
            if word and word not in ALSO_OTHERS and not any(mark in word for mark in " -'"):
                found.setdefault(word, SHOWN[kind])
    lines = [f"{word}\t{shown}" for word, shown in sorted(found.items())]
    text = HEADER + "\n".join(["word\tshown", *lines]) + "\n"
    TARGET.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
