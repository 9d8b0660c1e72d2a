"""Our model inside spaCy, and a spaCy pipeline in the place of our model."""

from __future__ import annotations

import pytest

spacy = pytest.importorskip("spacy", reason="the extra tacitus[spacy] is not installed")

TEXT = "Rebels in Mali attacked the army.\n\nThe army did not respond,  officials in Bamako said."


@pytest.fixture(scope="module")
def doc():  # type: ignore[no-untyped-def]
    nlp = spacy.blank("en")
    nlp.add_pipe("tacitus")
    return nlp(TEXT)


def test_the_doc_keeps_the_text_and_has_a_tree(doc) -> None:  # type: ignore[no-untyped-def]
    assert doc.text == TEXT
    assert doc.has_annotation("DEP") and [sent.root.lemma_ for sent in doc.sents] == ["attack", "say"]
    (attacked,) = [word for word in doc if word.text == "attacked"]
    assert {child.text for child in attacked.children if child.dep_ in ("nsubj", "obj")} == {"Rebels", "army"}


def test_entities_and_features_are_set(doc) -> None:  # type: ignore[no-untyped-def]
    assert ("Mali", "LOC") in [(ent.text, ent.label_) for ent in doc.ents]
    assert [word.morph.get("Tense") for word in doc if word.text == "attacked"] == [["Past"]]


def test_a_spacy_pipeline_parses_for_the_coder(doc) -> None:  # type: ignore[no-untyped-def]
    from tacitus.language import LanguageModel
    from tacitus.language.spacy_bridge import SpacyLanguage

    nlp = spacy.blank("en")
    nlp.add_pipe("tacitus")
    (through_spacy,) = SpacyLanguage(nlp).parse([TEXT])
    (ours,) = LanguageModel.load(threads=1).parse([TEXT])
    assert through_spacy.sentences == ours.sentences
    assert list(through_spacy.entities) == list(ours.entities)


def test_a_pipeline_without_a_tree_is_refused() -> None:
    from tacitus.language.spacy_bridge import SpacyLanguage

    with pytest.raises(ValueError, match="dependencies"):
        SpacyLanguage(spacy.blank("en")).parse(["Rebels attacked."])
