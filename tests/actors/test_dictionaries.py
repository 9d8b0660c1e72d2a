"""Dictionaries in the syntax of TABARI and PETRARCH; ours are invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tacitus.actors import Knowledge
from tacitus.actors.dictionaries import DatedCode, Dictionary, complete, read_dictionary
from tacitus.actors.importing import import_dictionaries, split_code

ACTORS = """\
<!-- our own example -->
# Invented people and bodies
KARIM_AL_DABBAGH_ ; a minister
+GENERAL_DABBAGH
\t[IRQMIL <19800101]
\t[IRQGOV 800101-030408]
\t[IRQELI >20030409]
HARBOUR_FRONT_ [AGOREB]
+HBF_
UNITED_SOMETHING_COUNCIL [IGOUNOHLH]
PERU_ [PER]
WANDERERS_ [GYP]
NOBODY_AT_ALL_
LATE_NEWS_ [KENMED 001301-021231]
DAILY_EXAMPLE [KENMED]
"""
AGENTS = """\
!CHIEF! = HEAD, CHIEF
!FORCE! = POLICE , GENDARMERIE
HARBOUR_PILOT [~LAB]
GENDARME {GENDARMES} [~COP]
CLERGYMAN {CLERGYMEN} [~REL]
COAST_WATCH {~} [~MIL]
!FORCE!_!CHIEF! [~COP]
!GHOST!_OFFICER [~MIL]
ROWER [~XYZ]
"""


@pytest.fixture
def dictionary(tmp_path: Path) -> Dictionary:
    path = tmp_path / "own.actors.txt"
    path.write_text(ACTORS + AGENTS, encoding="utf-8")
    return read_dictionary(path)


def test_names_and_dated_codes(dictionary: Dictionary) -> None:
    dabbagh, front = dictionary.actors[:2]
    assert dabbagh.names == ["KARIM AL DABBAGH", "GENERAL DABBAGH"]
    assert dabbagh.codes == [
        DatedCode("IRQMIL", None, date(1979, 12, 31)),
        DatedCode("IRQGOV", date(1980, 1, 1), date(2003, 4, 8)),
        DatedCode("IRQELI", date(2003, 4, 9), None),
    ]
    assert (front.names, front.codes) == (["HARBOUR FRONT", "HBF"], [DatedCode("AGOREB")])


def test_agents_plurals_and_sets(dictionary: Dictionary) -> None:
    assert [(agent.noun, agent.plural, agent.code) for agent in dictionary.agents] == [
        ("HARBOUR PILOT", None, "LAB"),
        ("GENDARME", "GENDARMES", "COP"),
        ("CLERGYMAN", "CLERGYMEN", "REL"),
        ("COAST WATCH", "", "MIL"),
        ("POLICE HEAD", None, "COP"),
        ("POLICE CHIEF", None, "COP"),
        ("GENDARMERIE HEAD", None, "COP"),
        ("GENDARMERIE CHIEF", None, "COP"),
        ("ROWER", None, "XYZ"),
    ]


def test_what_makes_no_sense_is_told(dictionary: Dictionary) -> None:
    assert [str(line) for line in dictionary.left_out] == [
        "own.actors.txt:14: [KENMED 001301-021231]: '20001301' is no day of the calendar",
        "own.actors.txt:23: !GHOST!_OFFICER [~MIL]: the set !GHOST! is not defined above",
        "own.actors.txt:13: NOBODY AT ALL: has no code",
        "own.actors.txt:14: LATE NEWS: has no code",
    ]


@pytest.mark.parametrize(
    ("codes", "filled"),
    [
        ([DatedCode("A")], [DatedCode("A")]),
        (
            [DatedCode("A"), DatedCode("B", date(2000, 1, 1), date(2000, 12, 31))],
            [
                DatedCode("A", None, date(1999, 12, 31)),
                DatedCode("B", date(2000, 1, 1), date(2000, 12, 31)),
                DatedCode("A", date(2001, 1, 1), None),
            ],
        ),
        (
            [DatedCode("B", None, date(1999, 12, 31)), DatedCode("A"), DatedCode("C", date(2005, 1, 1), None)],
            [
                DatedCode("B", None, date(1999, 12, 31)),
                DatedCode("A", date(2000, 1, 1), date(2004, 12, 31)),
                DatedCode("C", date(2005, 1, 1), None),
            ],
        ),
    ],
)
def test_an_undated_code_fills_the_gaps(codes: list[DatedCode], filled: list[DatedCode]) -> None:
    assert complete(codes) == filled


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load()


@pytest.mark.parametrize(
    ("code", "country", "sectors"),
    [
        ("AGOREB", "AGO", ["REB"]),
        ("KENMED", "KEN", ["JRN"]),
        ("KENHLH", "KEN", ["MED"]),
        ("ROMGOVMIL", "ROU", ["GOV", "MIL"]),
        ("IGOUNO", "UNO", []),
        ("IGOEUREEC", "EUR", []),
        ("NGOHRI", "NGO", ["CVL"]),
        ("REB", "", ["REB"]),
        ("INDMOS", "IND", ["REL"]),
    ],
)
def test_codes(knowledge: Knowledge, code: str, country: str, sectors: list[str]) -> None:
    assert split_code(code, knowledge=knowledge) == (country, sectors)


@pytest.mark.parametrize("code", ["", "AGORE", "XYZ", "AGOXYZ", "12345 6"])
def test_codes_plover_cannot_say(knowledge: Knowledge, code: str) -> None:
    with pytest.raises(ValueError, match=r"CAMEO actor code|no counterpart"):
        split_code(code, knowledge=knowledge)


def test_what_is_imported_can_be_used(dictionary: Dictionary, knowledge: Knowledge, tmp_path: Path) -> None:
    made = import_dictionaries([dictionary], knowledge=knowledge)
    path = tmp_path / "my.toml"
    path.write_text(made.to_toml(), encoding="utf-8")
    own = Knowledge.load(own=[path])
    coded = {
        name: (entity.type, own.code(entity, on=on).code)
        for name, on in [("Karim al-Dabbagh", "1990-05-01"), ("General Dabbagh", "2010-05-01"), ("HBF", None), ("Daily Example", None)]
        if (entity := own.resolve(name, on=on))
    }  # fmt: skip
    assert coded == {
        "Karim al-Dabbagh": ("person", "IRQGOV"),
        "General Dabbagh": ("person", "IRQELI"),
        "HBF": ("organization", "AGOREB"),
        "Daily Example": ("organization", "KENJRN"),
    }
    assert [sense.role.sectors for sense in own.roles_named("clergymen")] == [("REL",)]
    reasons = " ".join(map(str, made.left_out))
    assert "Peru: is the country Peru in the package" in reasons
    assert "'GYP' in the code GYP has no counterpart" in reasons
    assert "rower: 'XYZ'" in reasons


def test_an_old_encoding_is_read(tmp_path: Path) -> None:
    path = tmp_path / "old.actors.txt"
    path.write_bytes("MARÍA_EJEMPLO [PERGOV]\n".encode("cp1252"))
    assert read_dictionary(path).actors[0].names == ["MARÍA EJEMPLO"]
