"""Work cut into parts: each file of the sources is one, gives one Parquet file, and is marked when it is finished.

A mark (`NAME.parquet.done`) is written after its Parquet file stands under its name; it tells what was in the part, and the size and time
of the file it was made from. A run that was killed is started again and does what has no mark, or whose file has changed since.
"""

from __future__ import annotations

import glob
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tacitus.errors import SettingsError
from tacitus.records import Record
from tacitus.text import stable_hash

Writer = Callable[[Iterable[Record], Path], None]
UNSAFE = re.compile(r"[^\w.-]+")
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Part:
    """A file to code, and the Parquet file its records go to."""

    source: Path
    target: Path

    @property
    def mark(self) -> Path:
        return self.target.with_name(f"{self.target.name}.done")

    def is_finished(self) -> bool:
        """Whether the records stand, made from the file as it is now."""
        try:
            mark = json.loads(self.mark.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        return self.target.exists() and mark.get("of") == _state(self.source)


@dataclass(slots=True)
class Summary:
    """What came of a part. `failures` are messages, each names its document; of many only the first are kept, `failed` counts all."""

    source: str
    documents: int = 0
    events: int = 0
    claims: int = 0
    words: int = 0
    failed: int = 0
    failures: tuple[str, ...] = ()

    def count(self, record: Record) -> None:
        self.documents += 1
        self.events += len(record.events)
        self.claims += len(record.claims)
        self.words += len(record.text.split())
        if record.error is not None:
            self.failed += 1
            self.failures = (*self.failures, record.error.message)[:MOST_FAILURES]


MOST_FAILURES = 100


def parts_of(sources: Sequence[str], folder: Path) -> list[Part]:
    """The files of the sources (files, folders, globs), in order, each once. Raises SettingsError for what is no file."""
    files: dict[Path, None] = {}
    for source in sources:
        found = list(_files(source))
        if not found:
            raise SettingsError(f"{source}: no such file; parts are made of files, folders and globs")
        files |= dict.fromkeys(path.absolute() for path in found)
    return [Part(path, folder / f"{_name(path)}.parquet") for path in files]


def code_part(part: Part, *, code: Callable[[str], Iterator[Record]], write: Writer) -> Summary:
    """Code one part: records first, under another name until they are whole, then the mark."""
    summary = Summary(source=str(part.source))
    state = _state(part.source)
    made = part.target.with_name(f"{part.target.name}.part")
    write(_counted(code(str(part.source)), summary), made)
    made.replace(part.target)
    mark = part.mark.with_name(f"{part.mark.name}.part")
    mark.write_text(json.dumps({"of": state, **asdict(summary)}), encoding="utf-8")
    mark.replace(part.mark)
    return summary


def _counted(records: Iterator[Record], summary: Summary) -> Iterator[Record]:
    for record in records:
        summary.count(record)
        yield record


def _files(source: str) -> Iterator[Path]:
    path = Path(source)
    if path.is_dir():
        for below in sorted(path.rglob("*")):
            hidden = any(name.startswith(".") for name in below.relative_to(path).parts)
            if below.is_file() and not hidden:
                yield below
    elif path.is_file():
        yield path
    else:
        matches = sorted(glob.glob(source, recursive=True))  # noqa: PTH207 -- Path.glob takes no absolute patterns
        yield from (Path(name) for name in matches if Path(name).is_file())


def _name(path: Path) -> str:
    """The file's name, and what tells it from files of that name elsewhere."""
    return f"{UNSAFE.sub('_', path.name)[:LONGEST_NAME]}-{stable_hash(str(path))[:8]}"


def _state(path: Path) -> list[int] | None:
    """What changes when a file does; None when it is not there."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return [stat.st_size, stat.st_mtime_ns]
