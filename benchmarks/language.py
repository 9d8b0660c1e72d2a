"""Scores the language model on treebanks and name annotations.

    python -m benchmarks.language FILE.conllu [--part ewt|gum] [--names FILE.iob2] [--held-out] [--speed] [--record KEY]

Two ways of scoring, shares of 1: on gold words and sentences; and on raw text, where words and sentences are the model's own and
count when their spans are the gold ones (as in the CoNLL 2018 shared task: F1 over spans; a head is right when it is the same span).
Subtypes of relations count. Names: F1 of exact spans with labels, person, place and organization.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tacitus.language import LanguageModel
from tacitus.language.document import Parse
from tacitus.resources import model_path

CORE = ("person", "place", "organization")


@dataclass(frozen=True, slots=True)
class GoldWord:
    start: int
    end: int
    form: str
    lemma: str
    upos: str
    head: int
    deprel: str
    glued: bool


@dataclass
class GoldDocument:
    """One document: its text and the words of its sentences, placed in the text."""

    id: str
    text: str = ""
    ids: list[str] = field(default_factory=list)
    sentences: list[list[GoldWord]] = field(default_factory=list)


def read_gold(path: Path) -> Iterator[GoldDocument]:
    """Documents of a CoNLL-U file; paragraphs stand apart by a blank line, sentences by a space where they do."""
    document: GoldDocument | None = None
    opens, gap = True, ""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        comments, rows = {}, []
        for line in block.strip("\n").split("\n"):
            if line.startswith("#"):
                key, _, value = line[1:].partition("=")
                comments[key.strip()] = value.strip(" ") if key.strip() != "text" else value[1:]
            elif line:
                rows.append(line.split("\t"))
        if not rows:
            continue
        if "newdoc id" in comments:
            if document:
                yield document
            document = GoldDocument(comments["newdoc id"])
            opens = True
        if document is None:
            document = GoldDocument(path.name)
        opens = opens or any(key.split(" ")[0] in {"newpar", "newpar id"} for key in comments)
        gap = ("\n\n" if opens else gap) if document.text else ""
        offset = len(document.text) + len(gap)
        text = comments["text"]
        document.text += gap + text
        document.ids.append(comments.get("sent_id", ""))
        document.sentences.append(_gold_words(rows, text, offset))
        opens, gap = False, "" if "SpaceAfter=No" in rows[-1][9] else " "
    if document:
        yield document


def _gold_words(rows: Sequence[Sequence[str]], text: str, offset: int) -> list[GoldWord]:
    words: list[GoldWord] = []
    position = 0
    for row in rows:
        if not row[0].isdigit():
            continue
        found = text.find(row[1], position)
        if found < 0 or text[position:found].strip():
            found = position + len(text[position:]) - len(text[position:].lstrip())
        glued = bool(words) and found == position
        position = found + len(row[1])
        words.append(
            GoldWord(found + offset, position + offset, row[1], row[2], row[3], int(row[6]) - 1, row[7], glued)
        )
    return words


class Tally:
    """Right, found and gold counts, to F1."""

    def __init__(self) -> None:
        self.right = self.found = self.gold = 0

    def add(self, found: set[Any], gold: set[Any]) -> None:
        self.right += len(found & gold)
        self.found += len(found)
        self.gold += len(gold)

    @property
    def f1(self) -> float:
        return round(2 * self.right / max(1, self.found + self.gold), 4)


def score_gold_words(model: LanguageModel, documents: Sequence[GoldDocument]) -> dict[str, float]:
    right = dict.fromkeys(("upos", "uas", "las", "lemma"), 0)
    total = 0
    sentences = [words for document in documents for words in document.sentences]
    parses = model.parse_words([[(word.form, word.glued) for word in words] for words in sentences])
    for words, parse in zip(sentences, parses, strict=True):
        for gold, token in zip(words, parse.sentences[0].tokens, strict=True):
            total += 1
            right["upos"] += gold.upos == token.upos
            right["uas"] += gold.head == token.head
            right["las"] += (gold.head, gold.deprel) == (token.head, token.deprel)
            right["lemma"] += gold.lemma in (token.lemma, "_")
    return {name: round(count / total, 4) for name, count in right.items()}


def score_raw(model: LanguageModel, documents: Sequence[GoldDocument]) -> dict[str, float]:
    names = ("tokens", "sentences", "upos", "uas", "las", "lemma")
    tallies = {name: Tally() for name in names}
    for document, parse in zip(documents, model.parse([document.text for document in documents]), strict=True):
        gold, found = _gold_facts(document), _found_facts(parse)
        for name in names:
            tallies[name].add(found[name], gold[name])
    return {name: tally.f1 for name, tally in tallies.items()}


def _gold_facts(document: GoldDocument) -> dict[str, set[Any]]:
    rows = []
    for words in document.sentences:
        spans = [(word.start, word.end) for word in words]
        rows += [
            (span, spans[w.head] if w.head >= 0 else None, w.upos, w.deprel, w.lemma)
            for span, w in zip(spans, words, strict=True)
        ]
    return _facts(rows, {(words[0].start, words[-1].end) for words in document.sentences})


def _found_facts(parse: Parse) -> dict[str, set[Any]]:
    rows = []
    for sentence in parse.sentences:
        spans = [(token.start, token.end) for token in sentence.tokens]
        rows += [
            (span, spans[t.head] if t.head >= 0 else None, t.upos, t.deprel, t.lemma)
            for span, t in zip(spans, sentence.tokens, strict=True)
        ]
    return _facts(rows, {(sentence.start, sentence.end) for sentence in parse.sentences})


def _facts(rows: Sequence[tuple[Any, ...]], sentences: set[tuple[int, int]]) -> dict[str, set[Any]]:
    return {
        "tokens": {row[0] for row in rows},
        "sentences": sentences,
        "upos": {(row[0], row[2]) for row in rows},
        "uas": {(row[0], row[1]) for row in rows},
        "las": {(row[0], row[1], row[3]) for row in rows},
        "lemma": {(row[0], row[4]) for row in rows},
    }


def score_names(
    model: LanguageModel, documents: Sequence[GoldDocument], path: Path, *, held_out: bool
) -> dict[str, Any]:
    """Names on gold words; with `held_out`, only in the documents that training leaves out."""
    from training.language.names import one_policy
    from training.language.treebank import Sentence, Word, is_held_out, read_names, spans

    names = read_names(path)
    scheme = "gum" if "gum" in path.name else "uner"
    tallies = {label: Tally() for label in (*CORE, "all")}
    chosen = [
        (words, names[identifier][1])
        for document in documents
        if not held_out or is_held_out(document.id)
        for identifier, words in zip(document.ids, document.sentences, strict=True)
        if identifier in names and names[identifier][0] == [word.form for word in words]
    ]
    parses = model.parse_words([[(word.form, word.glued) for word in words] for words, _ in chosen])
    for (words, tags), parse in zip(chosen, parses, strict=True):
        tagged = tuple(Word(word.form, word.glued, name=tag) for word, tag in zip(words, tags, strict=True))
        marked = one_policy(Sentence("", tagged, names=scheme))
        gold = {span for span in spans([word.name for word in marked.words]) if span[2] in CORE}
        starts = {token.start: token.index for token in parse.sentences[0].tokens}
        ends = {token.end: token.index + 1 for token in parse.sentences[0].tokens}
        found = {(starts[e.start], ends[e.end], e.label) for e in parse.entities if e.label in CORE}
        for label in CORE:
            tallies[label].add(
                {span for span in found if span[2] == label}, {span for span in gold if span[2] == label}
            )
        tallies["all"].add(found, gold)
    return {label: tally.f1 for label, tally in tallies.items()} | {"gold": tallies["all"].gold}


def words_per_second(model: LanguageModel, documents: Sequence[GoldDocument]) -> int:
    """From text to parses, warm."""
    texts = [document.text for document in documents]
    model.parse(texts[:20])
    begun = time.perf_counter()
    parses = model.parse(texts)
    seconds = time.perf_counter() - begun
    return round(sum(len(sentence.tokens) for parse in parses for sentence in parse.sentences) / seconds)


def record(result: dict[str, Any], key: str) -> None:
    """Keep the scores beside the weights that reached them."""
    path = model_path("language.json")
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["scores"][key] = {name: value for name, value in result.items() if isinstance(value, dict)}
    path.write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("treebank", type=Path)
    parser.add_argument("--part", choices=("ewt", "gum"), help="only documents of this treebank")
    parser.add_argument("--names", type=Path, help="IOB2 file with the same sentence ids")
    parser.add_argument("--held-out", action="store_true", help="names: only documents that training leaves out")
    parser.add_argument("--speed", action="store_true", help="also words per second on one core")
    parser.add_argument("--record", metavar="KEY", help="write the scores into the model's manifest under this key")
    options = parser.parse_args(arguments)
    documents = [
        document
        for document in read_gold(options.treebank)
        if options.part is None or (options.part == "gum") == document.id.startswith("GUM_")
    ]
    model = LanguageModel.load(threads=1)
    result: dict[str, Any] = {"model": model.version}
    result["gold_tokens"] = score_gold_words(model, documents)
    result["raw_text"] = score_raw(model, documents)
    if options.names:
        result["names"] = score_names(model, documents, options.names, held_out=options.held_out)
    if options.speed:
        result["words_per_second"] = words_per_second(model, documents)
    if options.record:
        record(result, options.record)
    json.dump(result, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
