"""What coding and explaining a sentence loads, and what it does without."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys
import tacitus.pipeline
from tacitus.export import render_explanation
print([name for name in ("duckdb", "tacitus.store", "tacitus.analysis") if name in sys.modules])
"""


def test_a_sentence_is_explained_without_the_database() -> None:
    run = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
