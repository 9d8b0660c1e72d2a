"""Parses of many articles in one file, written batch by batch, so that memory stays bounded and a stopped run goes on.

The file is a row of pickles: a header, then batches of (article ids, parses). A batch that was being written when the run was killed is
cut off by the next run.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, Protocol

from tacitus.language.document import Parse

AT_ONCE = 20  # articles a batch: some 20,000 words, a few seconds of parsing and some 100 MB


class Parser(Protocol):
    """What turns texts into parses: `tacitus.language.LanguageModel`, or a stand-in of a test."""

    @property
    def version(self) -> str: ...

    def parse(self, texts: Sequence[str]) -> list[Parse]: ...


class Batch(NamedTuple):
    ids: list[str]
    parses: list[Parse]


class ParsesError(Exception):
    """The file is not of these articles or not of this language model; the message says what to do."""


@dataclass(frozen=True)
class ParsesFile:
    """The parses of `path`, made with the language model of `version`."""

    path: Path
    version: str

    def read(self) -> Iterator[Batch]:
        """The batches, one at a time. Raises ParsesError when another language model made them."""
        if not self.path.exists():
            return
        with self.path.open("rb") as file:
            self._check_header(file)
            while (batch := _next(file)) is not None:
                yield Batch(*batch)

    def complete(
        self, articles: Sequence[Mapping[str, Any]], parser: Parser, *, report: Callable[[int, int], None]
    ) -> None:
        """Parse what the file lacks of `articles` and append it. `report` is told (done, all) after each batch."""
        done = self._cut()
        ids = [str(article["id"]) for article in articles]
        if done != ids[: len(done)] and ids != done[: len(ids)]:
            raise ParsesError(f"{self.path}: holds the parses of other articles; delete it or name another file")
        with self.path.open("ab") as file:
            for start in range(len(done), len(articles), AT_ONCE):
                batch = articles[start : start + AT_ONCE]
                parses = [_bare(parse) for parse in parser.parse([article["text"] for article in batch])]
                pickle.dump((ids[start : start + AT_ONCE], parses), file, protocol=5)
                file.flush()
                report(start + len(batch), len(articles))

    def _cut(self) -> list[str]:
        """The ids of the whole batches; what follows them is cut off. A file without a header is begun anew."""
        ids: list[str] = []
        if not self.path.exists() or self.path.stat().st_size == 0:
            self.path.write_bytes(pickle.dumps({"language_model": self.version}, protocol=5))
            return ids
        with self.path.open("r+b") as file:
            self._check_header(file)
            whole = file.tell()
            while (batch := _next(file)) is not None:
                ids += batch[0]
                whole = file.tell()
            file.truncate(whole)
        return ids

    def _check_header(self, file: BinaryIO) -> None:
        header = _next(file)
        found = header.get("language_model") if isinstance(header, dict) else None
        if found != self.version:
            raise ParsesError(
                f"{self.path}: parses of the language model {found}, not of {self.version}; delete it or name another file"
            )


def _next(file: BinaryIO) -> Any:
    """The next pickle, or None where the file ends or breaks off."""
    try:
        return pickle.load(file)
    except (EOFError, pickle.UnpicklingError):
        return None


def _bare(parse: Parse) -> Parse:
    """Without the scores of the model's other heads, which no claim reads."""
    return replace(parse, sentences=tuple(replace(sentence, heads={}) for sentence in parse.sentences))
