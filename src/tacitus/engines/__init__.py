"""Ways to run the coder over many documents; all give the same records in the same order."""

from tacitus.engines.cluster import code_on_ray, code_parts_on_ray
from tacitus.engines.parts import Part, Summary, parts_of
from tacitus.engines.processes import code_in_processes
from tacitus.engines.serial import code_serially

__all__ = [
    "Part",
    "Summary",
    "code_in_processes",
    "code_on_ray",
    "code_parts_on_ray",
    "code_serially",
    "parts_of",
]
