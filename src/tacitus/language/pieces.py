"""What the encoder sees of a word: its word pieces, and a type that tells its shape and whether it is glued to the word before.

The base encoder is uncased; the type (fed where BERT has its segment ids) gives the letter case back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tacitus.language.neutral import load_neutral, neutral

if TYPE_CHECKING:
    from tokenizers import Tokenizer

CLS, SEP = 101, 102  # of the base model's vocabulary
MAX_PIECES = 8  # per word; the vector is read at the first piece, later ones only give it colour
MAX_LETTERS = 80  # per word: the rest of a longer one (base64, a page without a space) tells the encoder nothing
MAX_CACHE = 200_000  # words; about 40 MB
SHAPES = ("none", "lower", "title", "upper", "letter", "mixed", "digits", "alphanumeric", "symbol")
TYPES = 2 * len(SHAPES)


def word_shape(form: str) -> int:
    """The index in SHAPES of how the word is written."""
    if form.isalpha():
        return _letter_shape(form)
    if any(character.isdigit() for character in form):
        return 7 if any(character.isalpha() for character in form) else 6
    letters = "".join(character for character in form if character.isalpha())
    return _letter_shape(letters) if letters else 8


def _letter_shape(letters: str) -> int:
    if letters.islower():
        return 1
    if len(letters) == 1:
        return 4 if letters.isupper() else 5
    if letters.isupper():
        return 3
    return 2 if letters[0].isupper() and not any(letter.isupper() for letter in letters[1:]) else 5


def word_type(form: str, *, glued: bool) -> int:
    """The id of the type embedding for a word; `glued` when no space stands before it."""
    return 2 * word_shape(form) + glued


class WordPieces:
    """Words to piece ids, remembered: a page repeats its words. Names of countries look alike (`tacitus.language.neutral`)."""

    def __init__(self, tokenizer: Tokenizer, shown: Mapping[str, str]) -> None:
        self._tokenizer = tokenizer
        self._shown = shown
        self._known: dict[str, tuple[int, ...]] = {}

    @classmethod
    def load(cls, vocabulary: Path) -> WordPieces:
        """From a BERT vocabulary file, one piece a line."""
        from tokenizers import Tokenizer
        from tokenizers.models import WordPiece
        from tokenizers.normalizers import BertNormalizer
        from tokenizers.pre_tokenizers import BertPreTokenizer

        pieces = {piece: number for number, piece in enumerate(vocabulary.read_text(encoding="utf-8").split("\n"))}
        tokenizer = Tokenizer(WordPiece(pieces, unk_token="[UNK]", max_input_chars_per_word=MAX_LETTERS))
        tokenizer.normalizer = BertNormalizer(lowercase=True)
        tokenizer.pre_tokenizer = BertPreTokenizer()
        return cls(tokenizer, load_neutral())

    def encode(self, forms: Sequence[str]) -> list[tuple[int, ...]]:
        """The piece ids of each word of a window, at least one and at most MAX_PIECES."""
        words = neutral(forms, self._shown)
        new = [word for word in dict.fromkeys(words) if word not in self._known]
        if len(self._known) + len(new) > MAX_CACHE:
            self._known.clear()
            new = list(dict.fromkeys(words))
        known = self._known
        if new:
            safe = [word[:MAX_LETTERS].encode("utf-8", "replace").decode("utf-8") for word in new]
            for word, encoding in zip(new, self._tokenizer.encode_batch(safe, add_special_tokens=False), strict=True):
                known[word] = tuple(encoding.ids[:MAX_PIECES]) or (100,)
        return [known[word] for word in words]
