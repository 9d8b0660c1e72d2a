"""What a user may choose when coding, in one frozen place."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from tacitus.errors import SettingsError

BELOW_CONFIDENCE = "below-confidence:"
"""The flag of a record that tells how many events were left out as less sure than `min_confidence`."""

ENGINES = ("local", "ray")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How to code.

    `workers`: processes; 1 codes in this one. `engine`: local, or ray for a cluster (docs/scale.md).
    `batch`: documents that share one pass of the encoder and one database transaction.
    `min_confidence`: events below it are left out, and counted (0: none). `threads`: of the encoder in each process, None = fair share.
    `actors`: files of actors of the user's own, laid over the package's (docs/actors.md).
    `ontology`: files of types, modes and contexts of the user's own (docs/ontology.md).
    `gazetteer`: a larger gazetteer, made by `tacitus places build`; `places`: files of places of the user's own (docs/places.md).
    """

    workers: int = 1
    engine: str = "local"
    batch: int = 32
    min_confidence: float = 0.0
    threads: int | None = None
    actors: tuple[Path, ...] = ()
    ontology: tuple[Path, ...] = ()
    gazetteer: Path | None = None
    places: tuple[Path, ...] = ()

    def __post_init__(self) -> None:
        if self.workers < 1:
            raise SettingsError(f"workers must be at least 1, not {self.workers}")
        if self.engine not in ENGINES:
            raise SettingsError(f"there is no engine {self.engine!r}; choose {' or '.join(ENGINES)}")
        if self.batch < 1:
            raise SettingsError(f"batch must be at least 1, not {self.batch}")
        if not 0.0 <= self.min_confidence <= 1.0:
            raise SettingsError(f"min-confidence lies between 0 and 1, not {self.min_confidence}")

    @property
    def threads_each(self) -> int:
        """Encoder threads for each worker process."""
        return self.threads or max(1, (os.cpu_count() or 1) // self.workers)
