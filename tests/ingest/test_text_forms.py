"""Bytes to text, text to one form, and the language of it."""

from __future__ import annotations

import pytest

from tacitus.errors import SourceError
from tacitus.ingest.decode import decode
from tacitus.ingest.english import is_english
from tacitus.ingest.normal import normalize

SENTENCE = "“Señor Müller’s café is closed”, said Władysław."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_encodings(encoding: str) -> None:
    assert decode(SENTENCE.encode(encoding), name="x") == SENTENCE


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("<meta charset='windows-1251'><p>Война и мир".encode("cp1251"), "<meta charset='windows-1251'><p>Война и мир"),
        (
            '<meta content="text/html; charset=iso-8859-1">“x”'.encode("cp1252"),
            '<meta content="text/html; charset=iso-8859-1">“x”',
        ),
        (b"caf\xe9 closed, said the se\xf1or", "café closed, said the señor"),
        (("word " * 2000).encode() + b"\xff end", "word " * 2000 + "\ufffd end"),
        ("Troops left".encode("utf-16-be"), "Troops left"),
    ],
)
def test_declared_and_guessed(data: bytes, text: str) -> None:
    assert decode(data, name="x") == text


@pytest.mark.parametrize("data", [bytes(range(256)), b"\x01\x02\x03\x04" * 50, b"text \0\0 more \0 text"])
def test_binary(data: bytes) -> None:
    with pytest.raises(SourceError, match="x: ") as caught:
        decode(data, name="x")
    assert caught.value.kind == "binary"


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("Cafe\u0301", "Café"),
        ("a\u00a0b\u2009 c\td", "a b c d"),
        ("co\u00adoperate\u200b!\ufeff", "cooperate!"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("x\ud800y\x00", "x\ufffdy"),
    ],
)
def test_normalize(text: str, normal: str) -> None:
    assert normalize(text) == normal


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("The army shelled the town.", True),
        ("Kabul bomb kills dozens", True),
        ("Goma", True),
        (
            "El ejército bombardeó la ciudad el lunes por la noche, según dijeron varios vecinos a la prensa local.",
            False,
        ),
        (
            "De rebellen hebben de stad ingenomen na een week van zware gevechten met het leger, zei een woordvoerder in de hoofdstad.",
            False,
        ),
        (
            "Повстанцы взяли город после недели тяжёлых боёв с правительственными войсками, сообщил представитель.",
            False,
        ),
        ("12 345", None),
    ],
)
def test_is_english(text: str, english: bool | None) -> None:
    assert is_english(text) is english
