"""What the speaker does with what is reported, by the cue and the form of the content."""

from __future__ import annotations

from pathlib import Path

import pytest

from tacitus.claims import ClaimLexicon, find_claims
from tacitus.claims.stance import StanceTable
from tacitus.errors import DataError
from tacitus.language import LanguageModel
from tacitus.records import Article

STANCES = [
    ("The minister denied that troops had crossed the border.", "denies"),
    ("The mayor doubts that the bridge will reopen this year.", "doubts"),
    ("Observers questioned whether the count was honest.", "doubts"),
    ("Villagers do not believe that the army will come back.", "doubts"),
    ("Residents asked whether the road was safe.", "asks"),
    ("“Who opened the gate?” the judge asked.", "asks"),
    ("The union asked the government to pay the arrears.", "demands"),
    ("The court demanded the release of the files.", "demands"),
    ("The general promised to withdraw the guns.", "promises"),
    ("The two sides agreed to exchange prisoners.", "promises"),
    ("Analysts agreed that the truce was fragile.", "asserts"),
    ("The report found that nobody was in command.", "asserts"),
    ("The president warned that more troops would follow.", "asserts"),
    ("The spokesman would not say who had given the order.", None),
    ("The government plans to close the camp in May.", None),
]


@pytest.mark.parametrize(("text", "stance"), STANCES)
def test_stance(model: LanguageModel, text: str, stance: str | None) -> None:
    (parse,) = model.parse([text])
    (claim, *_) = find_claims(Article(id="t", text=text), parse, (), lexicon=ClaimLexicon.load())
    assert claim.stance == stance


@pytest.mark.parametrize("table", ['[claim_stance]\nasserts = "says"\n', '[claim_words]\n"say/VERB" = "says"\n'])
def test_a_stance_that_no_claim_has_is_named(tmp_path: Path, table: str) -> None:
    path = tmp_path / "cues.toml"
    path.write_text(table, encoding="utf-8")
    with pytest.raises(DataError, match="a claim has no stance 'says'"):
        StanceTable.load(path)
