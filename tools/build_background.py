"""Builds src/tacitus/data/corpus/background.tsv from our own articles: ``python tools/build_background.py``."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from tacitus.corpus.words import read_words

ROOT = Path(__file__).parents[1]
LEAST = 3  # articles: what stands in fewer tells nothing about how common a word is
HEADER = """\
# In how many of our own annotated articles (training/events/corpus) a term stands: how common words are in plain reports, so that a store
# with few pages knows that "officials" tells little. The row * is the number of articles. Built by tools/build_background.py.
"""


def main() -> None:
    counts: Counter[str] = Counter()
    articles = 0
    for path in sorted((ROOT / "training/events/corpus").glob("articles-*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            article = json.loads(line)
            text = "\n".join([article["title"], *(sentence["text"] for sentence in article["sentences"])])
            counts.update({word.term for word in read_words(text)})
            articles += 1
    rows = sorted((term, count) for term, count in counts.items() if count >= LEAST)
    lines = ["term\tdocuments", f"*\t{articles}", *(f"{term}\t{count}" for term, count in rows)]
    target = ROOT / "src/tacitus/data/corpus/background.tsv"
    target.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
