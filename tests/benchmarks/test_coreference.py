"""The coreference scorer: partitions whose scores can be worked out by hand."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from random import Random

import pytest
from benchmarks.assignment import best_assignment
from benchmarks.coreference import Counts, b_cubed, ceaf_e, conll, muc, only, pronoun_counts, read_documents


def parts(*words: str) -> list[frozenset[int]]:
    """Entities written as words, their mentions as letters."""
    return [frozenset(map(ord, word)) for word in words]


@pytest.mark.parametrize(
    ("key", "response", "expected"),
    [
        (parts("abc", "de"), parts("abc", "de"), {"MUC": (1, 1), "B3": (1, 1), "CEAF-e": (1, 1)}),
        # one entity cut in two: one of two links is found, each half is pure
        (parts("abcd"), parts("ab", "cd"), {"MUC": (1, 2 / 3), "B3": (1, 1 / 2), "CEAF-e": (1 / 3, 2 / 3)}),
        # two entities run together
        (parts("ab", "cd"), parts("abcd"), {"MUC": (2 / 3, 1), "B3": (1 / 2, 1), "CEAF-e": (2 / 3, 1 / 3)}),
        # nothing shared
        (parts("ab"), parts("cd"), {"MUC": (0, 0), "B3": (0, 0), "CEAF-e": (0, 0)}),
        (parts("ab"), [], {"MUC": (0, 0), "B3": (0, 0), "CEAF-e": (0, 0)}),
        # one mention of three is missing
        (parts("abc"), parts("ab"), {"MUC": (1, 1 / 2), "B3": (1, 4 / 9), "CEAF-e": (4 / 5, 4 / 5)}),
    ],
)
def test_metrics(
    key: list[frozenset[int]], response: list[frozenset[int]], expected: dict[str, tuple[float, float]]
) -> None:
    for name, metric in (("MUC", muc), ("B3", b_cubed), ("CEAF-e", ceaf_e)):
        counts = Counts(*metric(key, response))
        assert (counts.precision, counts.recall) == pytest.approx(expected[name]), name


def test_conll_is_the_mean_over_summed_documents() -> None:
    scores = conll([(parts("ab"), parts("ab")), (parts("cd"), [])])
    assert scores == pytest.approx({"MUC": 2 / 3, "B3": 2 / 3, "CEAF-e": 2 / 3, "CoNLL": 2 / 3})


def test_a_part_of_the_mentions() -> None:
    assert only(parts("abc", "de"), lambda mention: chr(mention) in "abd") == parts("ab")


def test_pronouns_count_by_what_they_are_joined_to() -> None:
    found = pronoun_counts(parts("Ahe", "Bx"), parts("Ah", "Be", "yx"), frozenset(map(ord, "hexy")))
    assert (found.hit_p, found.all_p, found.hit_r, found.all_r) == (1, 2, 1, 3)


@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (2, 4), (4, 2), (5, 5), (0, 3)])
def test_the_assignment_is_the_best_of_all(rows: int, columns: int) -> None:
    chance = Random(rows * 10 + columns)
    for _ in range(20):
        gains = [[chance.random() for _ in range(columns)] for _ in range(rows)]
        pairs = best_assignment(gains)
        assert (
            len(pairs) == min(rows, columns) == len({row for row, _ in pairs}) == len({column for _, column in pairs})
        )
        assert sum(gains[row][column] for row, column in pairs) == pytest.approx(best_of_all(gains))


def best_of_all(gains: list[list[float]]) -> float:
    if not gains:
        return 0.0
    rows, columns = len(gains), len(gains[0])
    if rows <= columns:
        return max(
            sum(gains[n][column] for n, column in enumerate(chosen)) for chosen in permutations(range(columns), rows)
        )
    return max(sum(gains[row][n] for n, row in enumerate(chosen)) for chosen in permutations(range(rows), columns))


LINE = """{"sentences": [["Ann", "and", "Bob", "sang", "."], ["She", "and", "he", "like", "it", ",", "I", "think", "."]],
"space_after": [[true, true, true, false, true], [true, true, true, true, false, true, true, false, true]],
"clusters": [[[0, 0, 3], [1, 0, 3]], [[0, 0, 1], [1, 0, 1]], [[0, 2, 3], [1, 2, 3], [1, 6, 7]], [[1, 4, 5], [1, 7, 8]]],
"cluster_types": ["person", "person", "person", "event"],
"mention_links": [["coref", "ana"], ["coref", "ana"], ["coref", "ana", "ana"], ["ana", "coref"]],
"mention_heads": [[0, 0], [0, 0], [2, 2, 6], [4, 7]], "singletons": []}"""


def test_documents_are_read_by_the_heads_of_their_mentions(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(LINE.replace("\n", " ") + "\n", encoding="utf-8")
    (document,) = read_documents(path)
    assert document.text == "Ann and Bob sang. She and he like it, I think. "
    named = [{document.text[start : start + 3].strip() for start in entity} for entity in document.entities]
    assert named == [{"Ann", "She"}, {"Bob", "he"}]
    assert {document.text[start:].split()[0] for start in document.others} == {"it,", "I", "think."}
