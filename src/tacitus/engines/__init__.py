"""Ways to run the coder over many documents; all give the same records in the same order."""

from collections.abc import Callable, Iterator

from tacitus.engines.cluster import code_on_ray, code_parts_on_ray
from tacitus.engines.parts import Part, Summary, parts_of
from tacitus.engines.processes import code_in_processes
from tacitus.engines.serial import code_serially
from tacitus.records import Record
from tacitus.settings import Settings

__all__ = [
    "Part",
    "Summary",
    "code_in_processes",
    "code_on_ray",
    "code_parts_on_ray",
    "code_serially",
    "engine_of",
    "parts_of",
]


def engine_of(settings: Settings) -> Callable[..., Iterator[Record]]:
    """The engine that the settings ask for."""
    if settings.engine == "ray":
        return code_on_ray
    return code_serially if settings.workers == 1 else code_in_processes
