"""Holds the corpus against its guide: ``python -m training.events.check [FOLDER]``. Exit status 1 when an entry fails."""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from tacitus.ontology import Ontology, load_ontology
from tacitus.resources import load_tsv, model_path
from training.events.corpus import FOLDER, Article, CorpusError, Event, Sentence, read_articles, read_sentences

SHARED_AT_MOST = 0.5  # of the three-word runs of the shorter of two sentences
_WORD = re.compile(r"\w+(?:['’]\w+)?|_")


def main(arguments: Sequence[str]) -> int:
    folder = Path(arguments[0]) if arguments else FOLDER
    try:
        sentences = list(read_sentences(folder))
        plain = list(read_sentences(folder, kind="plain"))
        unseen = list(read_sentences(folder, kind="unseen"))
        articles = list(read_articles(folder))
    except CorpusError as err:
        print(err, file=sys.stderr)
        return 1
    templates = repeated([*sentences, *plain, *_inside(articles)])
    found = [*faults(sentences, articles, plain, unseen), *templates]
    for fault in found:
        print(fault, file=sys.stderr)
    report(sentences, articles, plain)
    print(f"{len(unseen)} unseen sentences")
    return bool(found)


def _inside(articles: Iterable[Article]) -> list[Sentence]:
    return [sentence for article in articles for sentence in article.sentences]


def faults(
    sentences: Sequence[Sentence],
    articles: Sequence[Article],
    plain: Sequence[Sentence],
    unseen: Sequence[Sentence] = (),
) -> Iterable[str]:
    """What is against the guide in single entries; an unseen one may have events or none."""
    ontology = load_ontology()
    everything = [*sentences, *_inside(articles)]
    for identifier, count in Counter(sentence.id for sentence in [*everything, *plain, *unseen]).items():
        if count > 1:
            yield f"{identifier}: {count} entries have this id"
    for sentence in everything:
        if not sentence.events and not sentence.negative and "." not in sentence.id:
            yield f"{sentence.id}: no events, and not marked as a negative"
    for sentence in [*everything, *unseen]:
        for event in sentence.events:
            yield from (f"{sentence.id}: {fault}" for fault in event_faults(event, ontology))
    yield from (f"{sentence.id}: a plain sentence has no events" for sentence in plain if sentence.events)
    for article in articles:
        yield from (f"{article.id}: {fault}" for fault in _same_faults(article))


def _same_faults(article: Article) -> Iterable[str]:
    """`same` names an event told before in the article."""
    told: set[str] = set()
    for event in (event for sentence in article.sentences for event in sentence.events):
        if event.same is not None and event.same not in told:
            yield f"no event {event.same} before the one that is the same"
        told.update([event.id] if event.id is not None else [])


def event_faults(event: Event, ontology: Ontology) -> Iterable[str]:
    if event.type not in ontology.types:
        yield f"no type {event.type}"
        return
    if event.mode and event.mode not in ontology.types[event.type].modes:
        yield f"{event.type} has no mode {event.mode}"
    for context in event.contexts:
        if context not in ontology.contexts:
            yield f"no context {context}"
    if event.cameo is not None and ontology.goldstein(event.cameo) is None:
        yield f"no CAMEO code {event.cameo}"


def _runs(sentence: Sentence) -> set[tuple[str, ...]]:
    words = [word.lower() for word in _WORD.findall(sentence.masked)]
    return {tuple(words[i : i + 3]) for i in range(len(words) - 2)}


def repeated(sentences: Sequence[Sentence]) -> Iterable[str]:
    """Pairs of sentences that are one template."""
    runs = [_runs(sentence) for sentence in sentences]
    where: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, own in enumerate(runs):
        shared: Counter[int] = Counter()
        for run in own:
            shared.update(where[run])
            where[run].append(number)
        for other, count in shared.items():
            if count > SHARED_AT_MOST * max(1, min(len(own), len(runs[other]))) and min(len(own), len(runs[other])) > 3:
                yield f"{sentences[number].id} and {sentences[other].id} share {count} of {min(len(own), len(runs[other]))} three-word runs"


def trigger_lemmas(sentences: Iterable[Sentence]) -> Counter[str]:
    """How often each trigger's words occur, lemmatised by the table of the language model."""
    rows = load_tsv(model_path("language.lemmas.tsv"), ("form", "upos", "lemma"))
    table = {row["form"]: row["lemma"] for upos in ("NOUN", "VERB") for row in rows if row["upos"] == upos}
    counts: Counter[str] = Counter()
    for sentence in sentences:
        for event in sentence.events:
            words = " ".join(sentence.text[start:end] for start, end in event.trigger.spans).lower().split()
            counts[" ".join(table.get(word, word) for word in words)] += 1
    return counts


def report(sentences: Sequence[Sentence], articles: Sequence[Article], plain: Sequence[Sentence]) -> None:
    """What there is, in numbers."""
    everything = [*sentences, *_inside(articles)]
    events = [event for sentence in everything for event in sentence.events]
    negatives = Counter(sentence.negative for sentence in sentences if sentence.negative)
    lemmas = trigger_lemmas(everything)
    rare = sum(count for count in lemmas.values() if count <= 5)
    print(f"{len(sentences)} sentences, {negatives.total()} of them negatives {dict(negatives)}")
    print(f"{len(plain)} plain sentences; {len(articles)} articles of {len(_inside(articles))} sentences")
    print(
        f"{len(events)} events; {len(lemmas)} different triggers; {rare / max(1, lemmas.total()):.0%} with one seen at most five times"
    )
    print("types", dict(Counter(event.type for event in events).most_common()))
    print("modes", dict(sorted(Counter(f"{event.type}/{event.mode}" for event in events if event.mode).items())))
    print(
        "statuses",
        dict(Counter(event.status for event in events)),
        "claimed",
        sum(event.is_claimed for event in events),
    )
    print("built", dict(Counter(name for sentence in sentences for name in sentence.built).most_common()))
    print("most frequent triggers", lemmas.most_common(12))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
