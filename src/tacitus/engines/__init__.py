"""Ways to run the coder over many documents; all give the same records in the same order."""

from tacitus.engines.processes import code_in_processes
from tacitus.engines.serial import code_serially

__all__ = ["code_in_processes", "code_serially"]
