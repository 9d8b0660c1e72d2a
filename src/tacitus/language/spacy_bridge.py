"""Between Tacitus and spaCy (extra `tacitus[spacy]`), both ways.

`nlp.add_pipe("tacitus")` lets our model fill spaCy's `Doc`; `SpacyLanguage` lets any spaCy pipeline with Universal Dependencies labels
take our model's place: `Coder(language=SpacyLanguage(nlp))`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from tacitus.language.document import ROOT, NamedEntity, Parse, Sentence, Token

if TYPE_CHECKING:
    from tacitus.language.model import LanguageModel

ENTITY_LABELS = {"person": "PERSON", "place": "LOC", "organization": "ORG", "group": "NORP", "facility": "FAC"}
"""Our entity labels and spaCy's."""

OUR_LABELS = {**{theirs: ours for ours, theirs in ENTITY_LABELS.items()}, "GPE": "place", "PER": "person"}


@Language.factory("tacitus", default_config={"threads": None}, retokenizes=True)
def make_component(nlp: Language, name: str, threads: int | None = None) -> TacitusComponent:
    """The factory behind `nlp.add_pipe("tacitus")`, found through the package's entry point."""
    from tacitus.language.model import LanguageModel

    return TacitusComponent(LanguageModel.load(threads=threads))


class TacitusComponent:
    """Parses with our model. The tokens become ours (UD words), so it belongs first in the pipeline."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model

    def __call__(self, doc: Doc) -> Doc:
        """A new `Doc` of the same text with words, tags, features, lemmas, tree, sentences and entities."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 32) -> Iterator[Doc]:
        """The same for many documents, `batch_size` to a pass."""
        batch: list[Doc] = []
        for doc in stream:
            batch.append(doc)
            if len(batch) == batch_size:
                yield from self._fill(batch)
                batch = []
        yield from self._fill(batch)

    def _fill(self, docs: Sequence[Doc]) -> Iterator[Doc]:
        parses = self._model.parse([doc.text for doc in docs])
        return (to_doc(parse, doc.vocab) for doc, parse in zip(docs, parses, strict=True))


def to_doc(parse: Parse, vocab: Any) -> Doc:
    """Our parse as a spaCy `Doc`; white space other than single blanks becomes SPACE tokens that hang on the word before."""
    words = _Words(parse)
    doc = Doc(
        vocab,
        words=words.texts,
        spaces=words.spaces,
        pos=words.column("pos"),
        morphs=words.column("morph"),
        lemmas=words.column("lemma"),
        deps=words.column("dep"),
        heads=words.heads(),
    )
    spans = (doc.char_span(e.start, e.end, ENTITY_LABELS[e.label], alignment_mode="expand") for e in parse.entities)
    doc.set_ents([span for span in spans if span is not None])
    return doc


class _Words:
    """The tokens of a parse with white space between them made explicit, as spaCy wants it."""

    def __init__(self, parse: Parse) -> None:
        self.texts: list[str] = []
        self.spaces: list[bool] = []
        self._tokens: list[tuple[Sentence, Token] | None] = []
        self._places: dict[tuple[int, int], int] = {}
        cursor = 0
        for sentence in parse.sentences:
            for token in sentence.tokens:
                self._gap(parse.text[cursor : token.start])
                self._places[sentence.index, token.index] = len(self.texts)
                self._add(parse.text[token.start : token.end], (sentence, token))
                cursor = token.end
        self._gap(parse.text[cursor:])

    def column(self, name: str) -> list[str]:
        """One attribute of all words."""
        return [self._attribute(item, name) for item in self._tokens]

    def heads(self) -> list[int]:
        """Indices of the governors; a root and a leading SPACE are their own."""
        heads = []
        for place, item in enumerate(self._tokens):
            if item is None:
                heads.append(max(place - 1, 0) if place else self._first_word())
            else:
                sentence, token = item
                heads.append(place if token.head == ROOT else self._places[sentence.index, token.head])
        return heads

    def _first_word(self) -> int:
        return next((place for place, item in enumerate(self._tokens) if item is not None), 0)

    def _gap(self, gap: str) -> None:
        if gap.startswith(" ") and self.texts and not self.spaces[-1]:
            self.spaces[-1] = True
            gap = gap[1:]
        if gap:
            self._add(gap, None)

    def _add(self, text: str, item: tuple[Sentence, Token] | None) -> None:
        self.texts.append(text)
        self.spaces.append(False)
        self._tokens.append(item)

    @staticmethod
    def _attribute(item: tuple[Sentence, Token] | None, name: str) -> str:
        if item is None:
            return {"pos": "SPACE", "dep": "dep"}.get(name, "")
        token = item[1]
        if name == "morph":
            return "|".join(f"{key}={value}" for key, value in sorted(token.feats.items()))
        return {"pos": token.upos, "lemma": token.lemma, "dep": "ROOT" if token.head == ROOT else token.deprel}[name]


class SpacyLanguage:
    """Any spaCy pipeline with UD labels in the place of our language model.

    The pipeline must set heads, UD relations, UPOS, lemmas and sentence starts; entities with labels other than person, place,
    organization, group and facility (in spaCy's names) are left out.
    """

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self.version = (
            f"spacy {nlp.meta.get('lang', '')}_{nlp.meta.get('name', '')} {nlp.meta.get('version', '')}".strip()
        )

    def parse(self, texts: Sequence[str]) -> list[Parse]:
        """Parse the texts, in order. Raises ValueError where the pipeline sets no tree."""
        return [_to_parse(doc) for doc in self._nlp.pipe(texts)]


def _to_parse(doc: Doc) -> Parse:
    if len(doc) and not doc.has_annotation("DEP"):
        raise ValueError(
            "the spaCy pipeline sets no dependencies; it needs a parser with Universal Dependencies labels"
        )
    sentences: list[Sentence] = []
    entities: list[NamedEntity] = []
    for span in doc.sents:
        tokens = _tokens(span)
        if tokens:
            index = len(sentences)
            sentences.append(Sentence(index, tokens[0].start, tokens[-1].end, tokens))
            entities += [
                NamedEntity(ent.start_char, ent.end_char, OUR_LABELS[ent.label_], index)
                for ent in span.ents
                if ent.label_ in OUR_LABELS
            ]
    return Parse(doc.text, sentences, entities)


def _tokens(span: Span) -> list[Token]:
    words = [word for word in span if not word.is_space]
    places = {word.i: place for place, word in enumerate(words)}
    return [
        Token(
            index=place,
            start=word.idx,
            end=word.idx + len(word.text),
            text=word.text,
            lemma=word.lemma_ or word.lower_,
            upos=word.pos_,
            head=ROOT if word.head.i == word.i else places.get(word.head.i, ROOT),
            deprel="root" if word.head.i == word.i else word.dep_,
            feats=word.morph.to_dict(),
        )
        for place, word in enumerate(words)
    ]
