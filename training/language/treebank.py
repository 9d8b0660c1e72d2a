"""Treebanks and name annotations as training examples: documents of sentences of words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from tacitus.language.conllu import WordRow, read_blocks

# The features that readers of a parse ask for; spelling and style features are left to the treebank.
_FEATURES = "Tense VerbForm Mood Voice Person Number Case PronType Poss Degree NumType Gender Reflex Definite Polarity"
FEATURES = frozenset(_FEATURES.split())


@dataclass(frozen=True, slots=True)
class Word:
    """One UD word. `head` is the index of the governor in the sentence, -1 for the root; `name` its BIO tag."""

    form: str
    glued: bool
    lemma: str = ""
    upos: str = ""
    feats: str = ""
    head: int = -1
    deprel: str = ""
    name: str = "O"
    xpos: str = ""
    hidden: bool = False  # the network sees that there is a word, but not which


@dataclass(frozen=True, slots=True)
class EventLabels:
    """One event of a sentence. Parties are (sentence id, number of the head word): they may stand in a neighbouring sentence."""

    trigger: int
    type: str
    status: str
    claimed: bool
    actors: tuple[tuple[str, int], ...]
    recipients: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """`trees` says whether syntax may be learnt here, `names` by which scheme names are marked: gum, uner, own or None."""

    id: str
    words: tuple[Word, ...]
    opens_paragraph: bool = False
    trees: bool = True
    names: str | None = None
    events: tuple[EventLabels, ...] | None = None  # None: not annotated

    @property
    def keeps_words(self) -> bool:
        """Whether labels hang on the words' numbers."""
        return self.trees or self.events is not None


@dataclass
class Document:
    id: str
    sentences: list[Sentence] = field(default_factory=list)

    @property
    def genre(self) -> str:
        """`weblog`, `email` … for EWT, `news`, `bio` … for GUM."""
        return self.id.split("_")[1] if self.id.startswith("GUM_") else self.id.split("-")[0]

    @property
    def treebank(self) -> str:
        return "gum" if self.id.startswith("GUM_") else "ewt"


def read_treebank(path: Path) -> list[Document]:
    """All documents of a CoNLL-U file; errors as in `tacitus.language.conllu.read_blocks`."""
    documents: list[Document] = []
    for block in read_blocks(path):
        if block.opens_document is not None or not documents:
            documents.append(Document(block.opens_document or path.name))
        words = tuple(map(_word, block.words))
        documents[-1].sentences.append(Sentence(block.id, words, opens_paragraph=block.opens_paragraph))
    return documents


def _word(row: WordRow) -> Word:
    feats = "|".join(pair for pair in row.feats.split("|") if pair.partition("=")[0] in FEATURES)
    lemma = row.lemma if row.lemma != "_" else row.form
    return Word(row.form, row.glued, lemma, row.upos, feats, row.head, row.deprel, xpos=row.xpos)


def read_names(path: Path) -> dict[str, tuple[list[str], list[str], str, str]]:
    """Sentence id to (forms, tags, document id, text) of an IOB2 file."""
    found: dict[str, tuple[list[str], list[str], str, str]] = {}
    document = ""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        forms: list[str] = []
        tags: list[str] = []
        identifier = text = ""
        for line in block.strip().split("\n"):
            if line.startswith("# newdoc id = "):
                document = line.removeprefix("# newdoc id = ")
            elif line.startswith("# sent_id = "):
                identifier = line.removeprefix("# sent_id = ")
            elif line.startswith("# text = "):
                text = line.removeprefix("# text = ")
            elif line and not line.startswith("#"):
                _, form, tag = line.split("\t")[:3]
                forms.append(form)
                tags.append(tag)
        if forms:
            found[identifier] = (forms, tags, document, text)
    return found


def add_names(documents: list[Document], path: Path, *, scheme: str) -> list[Document]:
    """The documents with the name tags of `path`; sentences whose words differ stay without."""
    names = read_names(path)
    return [Document(d.id, [_with_names(s, names, scheme=scheme) for s in d.sentences]) for d in documents]


def _with_names(
    sentence: Sentence, names: dict[str, tuple[list[str], list[str], str, str]], *, scheme: str
) -> Sentence:
    entry = names.get(sentence.id)
    if entry is None or entry[0] != [word.form for word in sentence.words]:
        return sentence
    words = tuple(replace(word, name=tag) for word, tag in zip(sentence.words, entry[1], strict=True))
    return replace(sentence, words=words, names=scheme)


def without_trees(documents: list[Document]) -> list[Document]:
    """The same sentences for names alone: what is measured for syntax may not teach syntax."""
    return [Document(d.id, [replace(s, trees=False) for s in d.sentences]) for d in documents]


def is_held_out(document: str, *, parts: int = 4) -> bool:
    """Whether a document of the one human-tagged name file is kept for measuring: one in `parts`, by a stable hash."""
    return int(hashlib.sha256(document.encode()).hexdigest(), 16) % parts == 0


def spans(tags: list[str]) -> Iterator[tuple[int, int, str]]:
    """(first, past the last, label) of each BIO chunk."""
    start, label = -1, ""
    for index, tag in enumerate([*tags, "O"]):
        if start >= 0 and (tag[:2] != "I-" or tag[2:] != label):
            yield start, index, label
            start = -1
        if tag != "O" and start < 0:
            start, label = index, tag[2:]
