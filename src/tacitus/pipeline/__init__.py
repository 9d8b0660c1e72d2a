"""Puts the rooms in order."""

from tacitus.pipeline.batches import batches
from tacitus.pipeline.coder import Coder, Trace
from tacitus.pipeline.examples import failed_examples

__all__ = ["Coder", "Trace", "batches", "failed_examples"]
