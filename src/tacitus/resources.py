"""Data and model files of the package: found, read, and checked for form once.

Readable files live under `tacitus/data/`, weights under `tacitus/models/`. Nothing is read at import. Every error names the file
and, for tables, the line.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from tacitus.errors import DataError


def data_path(*parts: str) -> Path:
    """The path of a file or folder under the package's `data/`. Does not check that it exists."""
    return _package_root().joinpath("data", *parts)


def model_path(*parts: str) -> Path:
    """The path of a file under the package's `models/`. Does not check that it exists."""
    return _package_root().joinpath("models", *parts)


def load_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file.

    Raises DataError when the file is missing or is no TOML.
    """
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except FileNotFoundError as err:
        raise DataError(f"{path}: no such file") from err
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as err:
        raise DataError(f"{path}: not valid TOML: {err}") from err


def load_tsv(path: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    """Read a tab-separated file with a header line; lines that start with `#` and empty lines are comments.

    `columns` must be the header's names, in order. Missing trailing cells are empty strings. Each row carries its line number
    under the key "" so that later checks can name it.

    Raises DataError when the file is missing, the header differs, or a row has too many cells.
    """
    return [{**dict(zip(columns, cells, strict=True)), "": str(number)} for number, cells in load_cells(path, columns)]


def load_cells(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """As `load_tsv`, for long tables: of each row the line number and the cells."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except FileNotFoundError as err:
        raise DataError(f"{path}: no such file") from err
    except UnicodeDecodeError as err:
        raise DataError(f"{path}: not UTF-8: {err}") from err
    numbered = ((n, line.rstrip("\r")) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#"))
    if next(numbered, (0, ""))[1].split("\t") != list(columns):
        raise DataError(f"{path}: the header must be: {' '.join(columns)} (separated by tabs)")
    for number, line in numbered:
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) > len(columns):
            raise DataError(f"{path}:{number}: {len(cells)} cells for {len(columns)} columns")
        yield number, cells + [""] * (len(columns) - len(cells))


def data_digest(*folders: str) -> str:
    """A short version of these folders under `data/`: changes when any of their files does."""
    digest = hashlib.blake2b(digest_size=6)
    for folder in folders:
        for path in sorted(data_path(folder).rglob("*")):
            if path.is_file() and path.suffix != ".md":
                digest.update(path.name.encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def _package_root() -> Path:
    return Path(str(resources.files("tacitus")))
