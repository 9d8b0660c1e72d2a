"""`tacitus debug`: scores of a treebank, as a table and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_commands import tacitus

FIGURES = {
    "gold_tokens": ["upos", "uas", "las", "lemma"],
    "raw_text": ["tokens", "sentences", "upos", "uas", "las", "lemma"],
}

# No newdoc, newpar or text comments; a multiword token, an empty node; the last head is wrong on purpose (7, not 3).
TREEBANK = """\
1-2	Don't	_	_	_	_	_	_	_	_
1	Do	do	AUX	VB	Mood=Imp|VerbForm=Fin	3	aux	_	_
2	n't	not	PART	RB	_	3	advmod	_	_
3	sign	sign	VERB	VB	VerbForm=Inf	0	root	_	_
3.1	now	now	ADV	RB	_	_	_	3:advmod	_
4	it	it	PRON	PRP	Case=Acc	3	obj	_	SpaceAfter=No
5	.	.	PUNCT	.	_	3	punct	_	_

1	Kenyan	kenyan	ADJ	JJ	Degree=Pos	2	amod	_	_
2	police	police	NOUN	NN	Number=Sing	3	nsubj	_	_
3	arrested	arrest	VERB	VBD	Tense=Past	0	root	_	_
4	two	two	NUM	CD	NumType=Card	5	nummod	_	_
5	men	man	NOUN	NNS	Number=Plur	3	obj	_	_
6	on	on	ADP	IN	_	7	case	_	_
7	Monday	Monday	PROPN	NNP	Number=Sing	3	obl	_	SpaceAfter=No
8	.	.	PUNCT	.	_	7	punct	_	_

"""


@pytest.fixture
def treebank(tmp_path: Path) -> Path:
    path = tmp_path / "trees [dev].conllu"
    path.write_text(TREEBANK, encoding="utf-8")
    return path


def test_json_holds_exactly_the_figures(treebank: Path) -> None:
    result = tacitus("debug", "language", treebank, "--json")
    assert (result.returncode, result.stderr) == (0, b"")
    scores = json.loads(result.stdout)
    assert {part: list(figures) for part, figures in scores.items()} == FIGURES
    assert scores["raw_text"]["tokens"] == scores["raw_text"]["sentences"] == 1
    assert scores["gold_tokens"]["uas"] == scores["raw_text"]["uas"] == round(12 / 13, 4), "all but the wrong head"


def test_the_table_names_figures_and_size(treebank: Path) -> None:
    result = tacitus("debug", "language", treebank)
    shown = result.stdout.decode()
    assert result.returncode == 0, result.stderr.decode()
    assert all(word in shown for word in ("gold tokens", "raw text", "sentences", "LAS", "lemma", "92.31", "100.00"))
    assert "words: 13 · sentences: 2 · documents: 1" in shown


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "bad.conllu: no such file"),
        ("", "bad.conllu: no sentences"),
        ("<html>A page</html>\n", "bad.conllu:1: 1 columns instead of 10"),
        (TREEBANK.replace("\t3\tobl", "\tnone\tobl"), "bad.conllu:15: the head 'none'"),
    ],
    ids=["missing", "empty", "a page", "a head"],
)
def test_unusable_files_exit_with_2(tmp_path: Path, content: str | None, message: str) -> None:
    path = tmp_path / "bad.conllu"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    result = tacitus("debug", "language", path, "--json")
    assert (result.returncode, result.stdout) == (2, b"")
    assert message in result.stderr.decode() and b"Traceback" not in result.stderr


def test_help_has_an_example() -> None:
    result = tacitus("debug", "language", "--help")
    assert result.returncode == 0 and b"tacitus debug language " in result.stdout.split(b"Example")[1]
