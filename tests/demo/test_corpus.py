"""The demo corpus is whole, and what is expected of it refers to words that are there."""

from __future__ import annotations

import html
import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tacitus.ontology import STATUSES, load_ontology
from tacitus.resources import data_path
from tacitus.text import one_line

CORPUS = data_path("demo", "cuba-1962", "pages")
EXPECTED = tomllib.loads(Path(__file__).with_name("expected.toml").read_text(encoding="utf-8"))
ITEMS = [*EXPECTED["event"], *EXPECTED["never"]]


def read_documents() -> dict[str, str]:
    """Raw text of every document, by file name or JSON Lines id; markup is dropped."""
    documents = {}
    for path in sorted(CORPUS.iterdir()):
        content = path.read_text(encoding="utf-8")
        if path.suffix == ".jsonl":
            documents.update({line["id"]: line["text"] for line in map(json.loads, content.splitlines())})
        elif path.suffix == ".html":
            documents[path.name] = html.unescape(re.sub(r"<[^>]+>", " ", content))
        else:
            documents[path.name] = content
    return documents


DOCUMENTS = read_documents()


def test_the_corpus_has_all_page_forms() -> None:
    suffixes = [path.suffix for path in CORPUS.iterdir()]
    assert suffixes.count(".html") >= 10
    assert suffixes.count(".txt") >= 8
    assert suffixes.count(".jsonl") == 2
    assert len(DOCUMENTS) >= 30


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_readme_lists_the_document(name: str) -> None:
    assert f"`{name}`" in (CORPUS.parent / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: f"{item['document']}: {item['words']}")
def test_expected_words_occur_once(item: Mapping[str, Any]) -> None:
    assert one_line(DOCUMENTS[item["document"]]).count(item["words"]) == 1


def test_expected_types_and_statuses_exist() -> None:
    ontology = load_ontology()
    for item in EXPECTED["event"]:
        types = item["type"] if isinstance(item["type"], list) else [item["type"]]
        assert set(types) <= set(ontology.types)
        assert item["status"] in STATUSES
        for type_ in types:
            ontology.check(type_, item.get("mode"), where=item["document"])
