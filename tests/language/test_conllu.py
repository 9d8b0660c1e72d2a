"""Reading treebanks: what the columns and comments say, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from training.language.treebank import read_treebank

from tacitus.errors import DataError
from tacitus.language.conllu import read_blocks, read_conllu, read_documents

TREE = """# newdoc id = one
# newpar id = p1
# sent_id = one-1
# text = Troops don't fire.
1	Troops	troops	NOUN	NNS	Number=Plur	4	nsubj	_	_
2-3	don't	_	_	_	_	_	_	_	_
2	do	do	AUX	VBP	Mood=Ind|Tense=Pres	4	aux	_	_
3	n't	not	PART	RB	_	4	advmod	_	_
4	fire	fire	VERB	VB	VerbForm=Inf	0	root	_	SpaceAfter=No
4.1	fire	fire	VERB	VB	_	_	_	4:conj	CopyOf=4
5	.	.	PUNCT	.	_	4	punct	_	_

# newpar id = p2
# text = They left.
1	They	they	PRON	PRP	_	2	nsubj	_	_
2	left	leave	VERB	VBD	Tense=Past	0	root	_	SpaceAfter=No
3	.	.	PUNCT	.	_	2	punct	_	_

"""


def write(folder: Path, text: str) -> Path:
    path = folder / "a.conllu"
    path.write_bytes(text.encode("utf-8"))
    return path


def row(number: int | str, form: str, *, head: int | str = 0, upos: str = "NOUN", misc: str = "_") -> str:
    return f"{number}\t{form}\t{form}\t{upos}\t_\t_\t{head}\t{'root' if head == 0 else 'dep'}\t_\t{misc}"


def sentence(*rows: str, comments: str = "") -> str:
    return comments + "\n".join(rows) + "\n\n"


def words_and_text(path: Path) -> tuple[list[list[str]], list[str]]:
    """Of every document the words that the spans point at, and the text."""
    parses = list(read_conllu(path))
    found = [[token.span.of(parse.text) for s in parse.sentences for token in s.tokens] for parse in parses]
    return found, [parse.text for parse in parses]


def test_a_document_is_one_parse_with_offsets(tmp_path: Path) -> None:
    (document,) = read_documents(write(tmp_path, TREE))
    parse = document.parse
    assert (document.id, document.sentence_ids) == ("one", ("one-1", ""))
    assert parse.text == "Troops don't fire.\n\nThey left."
    first, second = parse.sentences
    assert [token.span.of(parse.text) for token in first.tokens] == ["Troops", "do", "n't", "fire", "."]
    assert first.root.text == "fire" and first.tokens[1].feats == {"Mood": "Ind", "Tense": "Pres"}
    assert [token.text for token in first.children(first.root, "nsubj", "advmod")] == ["Troops", "n't"]
    assert second.subtree_span(second.root).of(parse.text) == "They left"
    assert parse.sentence_at(22) is second


def test_blocks_keep_the_columns(tmp_path: Path) -> None:
    first, second = read_blocks(write(tmp_path, TREE))
    assert (first.line, second.line, first.id) == (5, 15, "one-1")
    assert (first.opens_document, second.opens_document) == ("one", None)
    assert [(token.form, token.first, token.past, token.space_after) for token in first.tokens] == [
        ("Troops", 0, 1, True),
        ("don't", 1, 3, True),
        ("fire", 3, 4, False),
        (".", 4, 5, True),
    ]
    assert [word.glued for word in first.words] == [False, False, True, False, True]
    assert first.words[0].xpos == "NNS"


def test_training_reads_the_same_words(tmp_path: Path) -> None:
    (document,) = read_treebank(write(tmp_path, TREE))
    assert document.id == "one" and [s.opens_paragraph for s in document.sentences] == [True, True]
    do = document.sentences[0].words[1]
    assert (do.form, do.glued, do.lemma, do.feats, do.head, do.deprel) == (
        "do",
        False,
        "do",
        "Mood=Ind|Tense=Pres",
        3,
        "aux",
    )


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        pytest.param(
            sentence(row(1, "Yes", misc="SpaceAfter=No"), row(2, "!", head=1)) + sentence(row(1, "No")),
            ["Yes", "!", "No"],
            "Yes! No",
            id="no comments",
        ),
        pytest.param(
            sentence(row(1, "Yes", misc="SpaceAfter=No")) + sentence(row(1, "—"), row(2, "no", head=1)),
            ["Yes", "—", "no"],
            "Yes— no",
            id="no space between sentences",
        ),
        pytest.param(
            sentence(
                row("1-2", "can't", misc="SpaceAfter=No"), row(1, "ca"), row(2, "n't", head=1), row(3, ".", head=1)
            ),
            ["ca", "n't", "."],
            "can't.",
            id="text from a multiword token",
        ),
        pytest.param(
            sentence(row("1-2", "du"), row(1, "de", head=3), row(2, "le", head=3), row(3, "port")),
            ["", "", "port"],
            "du port",
            id="words without letters of their own",
        ),
        pytest.param(
            sentence(row(1, "No"), row(2, "!", head=1), comments="# text = No\u00a0!\n"),
            ["No", "!"],
            "No\u00a0!",
            id="the comment's white space stands",
        ),
        pytest.param(
            sentence(row(1, "No"), row(2, "way", head=1), comments="# text = Not so\n"),
            ["No", "way"],
            "No way",
            id="a comment that does not spell the words",
        ),
        pytest.param(
            sentence(row(1, "10 000"), row(2, "left", head=1), comments="# text = 10 000 left\n"),
            ["10 000", "left"],
            "10 000 left",
            id="a form with a space",
        ),
        pytest.param(
            "\ufeff# text = Go\r\n1\tGo\tgo\tVERB\t_\t_\t0\troot\t_\t_\r\n", ["Go"], "Go", id="as Windows writes"
        ),
        pytest.param("# licence\n\n" + sentence(row(1, "Go")), ["Go"], "Go", id="comments that stand alone"),
    ],
)
def test_texts(tmp_path: Path, text: str, words: list[str], expected: str) -> None:
    assert words_and_text(write(tmp_path, text)) == ([words], [expected])


def test_documents_without_an_id(tmp_path: Path) -> None:
    text = sentence(row(1, "One")) + sentence(row(1, "Two"), comments="# newdoc\n") + sentence(row(1, "Three"))
    documents = list(read_documents(write(tmp_path, text)))
    assert [(document.id, document.parse.text) for document in documents] == [("a.conllu", "One"), ("", "Two Three")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1\tTroops\ttroops\n\n", ":1: 3 columns instead of 10"),
        ("Troops fired.\n", ":1: 1 columns"),
        (sentence(row(1, "a")) + sentence(row("x", "b")), ":3: 'x' is no number of a word"),
        (sentence(row("²", "b")), ":1: '²' is no number"),
        (sentence(row(1, "a"), row(3, "b", head=1)), ":2: 3 stands where word 2 is due"),
        (sentence(row(1, "a"), row(1, "b", head=1)), ":2: 1 stands where word 2 is due"),
        (sentence(row("1-3", "abc"), row(1, "a"), row("2-3", "bc", head=1)), ":3: 2-3 stands where"),
        (
            sentence(row(1, "a"), row("2-3", "bc"), row(2, "b", head=1)),
            ":3: the sentence ends inside the multiword token 'bc'",
        ),
        (sentence(row("0.1", "a", head="_")), ":1: a sentence without words"),
        (sentence(row(1, " ")), ":1: the form is empty"),
        (sentence(row(1, "a", head="_")), ":1: the head '_' is no number from 0 to 1"),
        (sentence(row(1, "a"), row(2, "b", head=3)), ":2: the head '3' is no number from 0 to 2"),
        (sentence(row(1, "a"), row(2, "b")), ":1: the heads of the sentence make no tree"),
        (sentence(row(1, "a", head=2), row(2, "b", head=1)), ":1: the heads of the sentence make no tree"),
        (sentence(row(1, "a")).replace("\t_\t_\t0", "\t_\tPlural\t0"), ":1: the features 'Plural' are no name=value"),
        (row(1, "a") + "\n# text = b\n" + row(1, "b"), ":2: a comment inside a sentence"),
    ],
)
def test_what_is_no_conllu_is_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(DataError) as caught:
        list(read_conllu(write(tmp_path, text)))
    assert f"a.conllu{message}" in str(caught.value)


@pytest.mark.parametrize(
    ("name", "message"),
    [("missing.conllu", "no such file"), (".", "cannot be read: Is a directory"), ("latin.conllu", ":2: not UTF-8")],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "latin.conllu").write_bytes("# text = Café\n".encode() + row(1, "Café").encode("latin-1"))
    with pytest.raises(DataError, match=message):
        list(read_blocks(tmp_path / name))
