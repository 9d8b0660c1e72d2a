"""Scores the language model on treebanks and name annotations.

    python -m benchmarks.language FILE.conllu [--part ewt|gum] [--names FILE.iob2] [--held-out] [--speed] [--record KEY]
    python -m benchmarks.language FILE.conllu [--part ewt|gum] --variant lower|upper|unpunctuated [--record KEY]

Trees as in `tacitus.language.score`: on gold words and sentences, and on raw text. Names: F1 of exact spans with labels, person, place and
organization. A variant scores gold words of the treebank as careless pages write: in lower case, in capitals (lemmas stay as the treebank
has them), or without the punctuation words on which nothing depends.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tacitus.language import ROOT, LanguageModel, Sentence
from tacitus.language.conllu import TreebankDocument, read_documents
from tacitus.language.network import Network
from tacitus.language.score import Tally, given_words, score_treebank, score_words
from tacitus.resources import model_path

CORE = ("person", "place", "organization")


def lower(sentence: Sentence) -> Sentence:
    """The sentence in lower case."""
    return _respelt(sentence, str.lower)


def upper(sentence: Sentence) -> Sentence:
    """The sentence in capitals."""
    return _respelt(sentence, str.upper)


def unpunctuated(sentence: Sentence) -> Sentence:
    """The sentence without punctuation words that have no dependants; heads are renumbered. May be left without words."""
    governors = {token.head for token in sentence.tokens}
    kept = [token for token in sentence.tokens if token.upos != "PUNCT" or token.index in governors]
    places = {token.index: place for place, token in enumerate(kept)} | {ROOT: ROOT}
    tokens = [replace(token, index=places[token.index], head=places[token.head]) for token in kept]
    return replace(sentence, tokens=tokens)


def _respelt(sentence: Sentence, spell: Callable[[str], str]) -> Sentence:
    return replace(sentence, tokens=[replace(token, text=spell(token.text)) for token in sentence.tokens])


VARIANTS: dict[str, Callable[[Sentence], Sentence]] = {"lower": lower, "upper": upper, "unpunctuated": unpunctuated}


def score_variant(model: LanguageModel, documents: Sequence[TreebankDocument], name: str) -> dict[str, float]:
    """Scores on the gold words of the changed treebank; sentences of which nothing is left do not count."""
    changed = (VARIANTS[name](sentence) for document in documents for sentence in document.parse.sentences)
    return score_words(model, (sentence for sentence in changed if sentence.tokens))


def score_names(
    model: LanguageModel, documents: Sequence[TreebankDocument], path: Path, *, held_out: bool
) -> dict[str, Any]:
    """Names on gold words; with `held_out`, only in the documents that training leaves out."""
    from training.language.names import one_policy
    from training.language.treebank import Sentence as TrainingSentence
    from training.language.treebank import Word, is_held_out, read_names, spans

    names = read_names(path)
    scheme = "gum" if "gum" in path.name else "uner"
    tallies = {label: Tally() for label in (*CORE, "all")}
    chosen = [
        (sentence.tokens, names[identifier][1])
        for document in documents
        if not held_out or is_held_out(document.id)
        for identifier, sentence in zip(document.sentence_ids, document.parse.sentences, strict=True)
        if identifier in names and names[identifier][0] == [token.text for token in sentence.tokens]
    ]
    parses = model.parse_words([given_words(tokens) for tokens, _ in chosen])
    for (tokens, tags), parse in zip(chosen, parses, strict=True):
        pairs = zip(given_words(tokens), tags, strict=True)
        tagged = tuple(Word(form, glued, name=tag) for (form, glued), tag in pairs)
        marked = one_policy(TrainingSentence("", tagged, names=scheme))
        gold = {span for span in spans([word.name for word in marked.words]) if span[2] in CORE}
        starts = {token.start: token.index for token in parse.sentences[0].tokens}
        ends = {token.end: token.index + 1 for token in parse.sentences[0].tokens}
        labelled = [(e, "place" if e.label == "facility" else e.label) for e in parse.entities]  # as both sets have it
        found = {(starts[e.start], ends[e.end], label) for e, label in labelled if label in CORE}
        for label in CORE:
            tallies[label].add(_labelled(found, label), _labelled(gold, label))
        tallies["all"].add(Counter(found), Counter(gold))
    return {label: tally.f1 for label, tally in tallies.items()} | {"gold": tallies["all"].gold}


def _labelled(found: set[tuple[int, int, str]], label: str) -> Counter[Any]:
    return Counter(span for span in found if span[2] == label)


def words_per_second(model: LanguageModel, documents: Sequence[TreebankDocument]) -> int:
    """From text to parses, warm."""
    texts = [document.parse.text for document in documents]
    model.parse(texts[:20])
    begun = time.perf_counter()
    parses = model.parse(texts)
    seconds = time.perf_counter() - begun
    return round(sum(len(sentence.tokens) for parse in parses for sentence in parse.sentences) / seconds)


def _of_part(documents: Iterator[TreebankDocument], part: str | None) -> Iterator[TreebankDocument]:
    return (document for document in documents if part is None or (part == "gum") == document.id.startswith("GUM_"))


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
    parser.add_argument("--variant", choices=VARIANTS, help="only gold words, of the treebank changed so")
    parser.add_argument("--folder", type=Path, help="another model's files (those of `training.language.export`)")
    options = parser.parse_args(arguments)
    if options.variant and (options.names or options.speed):
        parser.error("--variant scores gold words alone: leave out --names and --speed")
    documents = list(_of_part(read_documents(options.treebank), options.part))
    model = LanguageModel(Network.load(threads=1, folder=options.folder))
    result: dict[str, Any] = {"model": model.version}
    if options.variant:
        result |= {"variant": options.variant, "gold_tokens": score_variant(model, documents, options.variant)}
    else:
        result |= score_treebank(model, [document.parse for document in documents])
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
