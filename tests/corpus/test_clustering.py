"""Groups of items: the mean decides, what stands stays apart, and a person's word wins."""

from __future__ import annotations

import pytest

from tacitus.corpus.clustering import cluster
from tacitus.corpus.features import Comparison, Feature
from tacitus.corpus.joining import join

LIKELY, UNLIKELY = Comparison(2.0), Comparison(-2.0)
VETO = Comparison(9.0, (), Feature("other_place", 0.0, "Goma; Bukavu"))


@pytest.mark.parametrize(
    ("pairs", "groups"),
    [
        ({}, ["a", "b", "c"]),
        ({"ab": 0.9}, ["ab", "c"]),
        ({"ab": 0.9, "bc": 0.9, "ac": 0.9}, ["abc"]),
        ({"ab": 0.9, "bc": 0.8}, ["ab", "c"]),  # a bridge does not join: the mean of c to a and b is 0.4
        ({"ab": 0.9, "bc": 0.8, "ac": 0.3}, ["abc"]),
        ({"ab": 0.49}, ["a", "b", "c"]),
        ({"ba": 0.9}, ["ab", "c"]),
    ],
)
def test_average_link(pairs: dict[str, float], groups: list[str]) -> None:
    found = cluster("abc", {(pair[0], pair[1]): p for pair, p in pairs.items()}, threshold=0.5)
    assert ["".join(group) for group in found] == groups


def test_a_long_war_is_not_one_chain() -> None:
    days = list(range(30))
    found = cluster(days, {(day, day + 1): 0.95 for day in days[:-1]}, threshold=0.5)
    assert max(map(len, found)) <= 2


def test_groups_that_stand_never_merge_and_take_new_items() -> None:
    pairs = {("a", "b"): 0.9, ("a", "x"): 0.9, ("b", "x"): 0.8}
    found = cluster("abx", pairs, threshold=0.5, standing={"a": "one", "b": "two"})
    assert found == [["a", "x"], ["b"]]


@pytest.mark.parametrize(("same", "groups"), [(True, [["a", "x"]]), (False, [["a"], ["x"]])])
def test_what_was_decided_wins(same: bool, groups: list[list[str]]) -> None:
    comparison = UNLIKELY if same else LIKELY
    found = join(["x"], {("a", "x"): comparison}, standing={"a": "one"}, threshold=0.5, decided={("x", "a"): same})
    assert [(group.name, [link.item for link in group.links]) for group in found] == [("one" if same else None, ["x"])]
    assert found[0].links[0].hand == same


def test_a_veto_keeps_two_apart_even_with_a_third_between() -> None:
    pairs = {("a", "b"): LIKELY, ("b", "c"): LIKELY, ("a", "c"): VETO}
    assert len(join("abc", pairs, standing={}, threshold=0.1)) == 2


def test_a_link_names_the_likeliest_other_and_the_founder_none() -> None:
    pairs = {("a", "b"): LIKELY, ("b", "c"): Comparison(3.0), ("a", "c"): LIKELY}
    (group,) = join("abc", pairs, standing={}, threshold=0.5)
    assert [(link.item, link.to) for link in group.links] == [("a", None), ("b", "c"), ("c", "b")]
