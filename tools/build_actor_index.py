"""Make the fast form of the actor tables: src/tacitus/data/actors/*.tsv, *.toml -> index.tsv beside them.

    python tools/build_actor_index.py [--check]

Run it after every change of a table. With --check nothing is written: exit status 1 when the file is not what the tables give.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from tacitus.actors.compiled import INDEX, table_files, write_index
from tacitus.actors.loading import Loader
from tacitus.resources import data_path


def main() -> None:
    """Write the file, or compare it."""
    folder = data_path("actors")
    if "--check" in sys.argv[1:]:
        sys.exit(None if is_current(folder) else f"{folder / INDEX} is out of date: python tools/build_actor_index.py")
    path = write_index(Loader(folder).load(), folder)
    print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB")


def is_current(folder: Path) -> bool:
    """Whether the file in `folder` is, byte for byte, what its tables give."""
    with tempfile.TemporaryDirectory() as name:
        for path in table_files(folder):
            shutil.copy(path, name)
        made = write_index(Loader(Path(name)).load(), Path(name))
        return (folder / INDEX).exists() and made.read_bytes() == (folder / INDEX).read_bytes()


if __name__ == "__main__":
    main()
