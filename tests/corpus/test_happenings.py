"""Whether two event mentions tell of one happening: near misses of every kind stay apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tacitus.corpus.features import Comparison, Weights
from tacitus.corpus.happenings import WeighedMention, compare_mentions
from tacitus.corpus.mentions import EventMention, MentionId, Side, Spot, keys_of
from tacitus.corpus.words import Background, Telling, hashed, read_words

WEIGHTS = Weights.load()
TELLING = Telling(0, {}, Background.load())
ARMY, REBELS = Side("national army", "MLIMIL", "MLI"), Side("northern front", "MLIREB", "MLI")
CHAD, NIGER = Side("chad", None, "TCD"), Side("niger", None, "NER")
GAO = Spot("Gao", 2457161, "settlement", "MLI", 16.27, -0.04)
KIDAL = Spot("Kidal", 2455290, "settlement", "MLI", 18.44, 1.41)
MALI = Spot("Mali", 2453866, "country", "MLI", 18.0, -2.0)
DAY = date(2031, 5, 8)


def words(text: str) -> tuple[int, ...]:
    return tuple(hashed(word.term) for word in read_words(text))


def mention(document: str = "one", **fields: Any) -> EventMention:
    facts: dict[str, Any] = {
        "id": MentionId(document, "e1"),
        "type": "ASSAULT",
        "mode": None,
        "denies": False,
        "actors": (REBELS,),
        "recipients": (ARMY,),
        "spot": GAO,
        "day_from": DAY,
        "day_to": DAY,
        "day_basis": "text",
        "dead": None,
        "injured": None,
        "words": words("Rebels overran a garrison at dawn."),
        "story": None,
        "start": 0,
        "published": DAY,
    }
    return EventMention(**{**facts, **fields})


def compared(one: EventMention, other: EventMention) -> Comparison:
    return compare_mentions(WeighedMention.of(one, TELLING), WeighedMention.of(other, TELLING), weights=WEIGHTS)


def later(days: int, **fields: Any) -> dict[str, Any]:
    day = date.fromordinal(DAY.toordinal() + days)
    return {"day_from": day, "day_to": day, **fields}


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"words": words("Fighters attacked an army post before sunrise.")},
        {"mode": "firearms"},
        {"dead": 12},
        {"spot": None},
        {"spot": MALI},
        later(2, day_basis="published"),
        {"type": "COERCE", "words": words("Rebels overran and held a garrison at dawn.")},
        {"denies": True},
    ],
)
def test_the_same_happening_in_other_words(fields: dict[str, Any]) -> None:
    assert compared(mention(), mention("two", **fields)).probability > 0.5


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"spot": KIDAL}, "other_place"),
        (later(4), "other_days"),
        (later(2), "other_days"),
        (later(9, day_basis="published"), "other_days"),
        ({"type": "CONSULT"}, "other_type"),
        ({"actors": (ARMY,), "recipients": (CHAD,), "words": words("Soldiers fired on a patrol.")}, None),
        ({"actors": (CHAD,), "recipients": (NIGER,), "words": words("Soldiers fired on a patrol.")}, None),
        (later(1, dead=40, words=words("A convoy was ambushed near the river.")), None),
    ],
)
def test_near_misses_stay_apart(fields: dict[str, Any], reason: str | None) -> None:
    found = compared(mention(dead=3), mention("two", **fields))
    assert found.probability < 0.5
    assert (found.veto.feature if found.veto else None) == reason


def test_who_attacks_whom_tells_two_attacks_apart() -> None:
    there = mention(actors=(CHAD,), recipients=(NIGER,))
    back = mention("two", actors=(NIGER,), recipients=(CHAD,))
    assert "exchanged_parties" in {feature.feature for feature in compared(there, back).features}
    assert (
        compared(there, back).probability
        < 0.5
        < compared(there, replace(back, actors=(CHAD,), recipients=(NIGER,))).probability
    )


def test_talks_have_no_direction() -> None:
    there = mention(type="CONSULT", actors=(CHAD, NIGER), recipients=(), spot=None)
    back = mention("two", type="CONSULT", actors=(NIGER,), recipients=(CHAD,), spot=None)
    assert compared(there, back).probability > 0.5


@pytest.mark.parametrize("fields", [{}, {"spot": KIDAL}, {"dead": 9}, later(1), {"actors": (CHAD,)}])
def test_exchanging_the_parties_names_or_the_mentions_exchanges_nothing(fields: dict[str, Any]) -> None:
    one, other = mention(actors=(CHAD,), recipients=(NIGER,)), mention("two", **{"recipients": (NIGER,), **fields})
    swap = {CHAD: NIGER, NIGER: CHAD}

    def swapped(of: EventMention) -> EventMention:
        return replace(
            of,
            actors=tuple(swap.get(party, party) for party in of.actors),
            recipients=tuple(swap.get(party, party) for party in of.recipients),
        )

    assert compared(one, other).probability == pytest.approx(compared(other, one).probability)
    assert compared(one, other).probability == pytest.approx(compared(swapped(one), swapped(other)).probability)


def test_every_feature_carries_its_facts() -> None:
    found = {feature.feature: feature.detail for feature in compared(mention(dead=3), mention("two", dead=4)).features}
    assert found["same_place"] == "both Gao, MLI"
    assert found["close_figures"] == "3 and 4 dead"
    assert found["same_actor"] == "northern front"


def test_an_undated_mention_is_looked_for_in_its_story_only() -> None:
    undated = mention(day_from=None, day_to=None, story="s1")
    assert {key.strength for key in keys_of(undated, weights=WEIGHTS)} == {2}
    assert len(keys_of(undated, weights=WEIGHTS)) < len(keys_of(mention(story="s1"), weights=WEIGHTS))
    assert not keys_of(replace(undated, story=None), weights=WEIGHTS)
