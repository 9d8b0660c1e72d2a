"""Reading treebanks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tacitus.errors import DataError
from tacitus.language.conllu import read_conllu

TREE = """# newdoc id = one
# newpar id = p1
# text = Troops don't fire.
1	Troops	troops	NOUN	NNS	Number=Plur	4	nsubj	_	_
2-3	don't	_	_	_	_	_	_	_	_
2	do	do	AUX	VBP	Tense=Pres	4	aux	_	_
3	n't	not	PART	RB	_	4	advmod	_	_
4	fire	fire	VERB	VB	VerbForm=Inf	0	root	_	SpaceAfter=No
5	.	.	PUNCT	.	_	4	punct	_	_

# newpar id = p2
# text = They left.
1	They	they	PRON	PRP	_	2	nsubj	_	_
2	left	leave	VERB	VBD	Tense=Past	0	root	_	SpaceAfter=No
3	.	.	PUNCT	.	_	2	punct	_	_

"""


def test_a_document_is_one_parse_with_offsets(tmp_path: Path) -> None:
    path = tmp_path / "a.conllu"
    path.write_text(TREE, encoding="utf-8")
    (parse,) = read_conllu(path)
    assert parse.text == "Troops don't fire.\n\nThey left."
    first, second = parse.sentences
    assert [token.span.of(parse.text) for token in first.tokens] == ["Troops", "do", "n't", "fire", "."]
    assert first.root.text == "fire"
    assert [token.text for token in first.children(first.root, "nsubj", "advmod")] == ["Troops", "n't"]
    assert second.subtree_span(second.root).of(parse.text) == "They left"
    assert parse.sentence_at(22) is second


def test_a_bad_row_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bad.conllu"
    path.write_text("1\tTroops\ttroops\n\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"bad.conllu:1: 3 columns"):
        list(read_conllu(path))
