"""Puts the rooms in order."""

from tacitus.pipeline.batches import batches
from tacitus.pipeline.coder import Coder, Trace
from tacitus.pipeline.examples import failed_examples
from tacitus.pipeline.gazetteer import load_gazetteer

__all__ = ["Coder", "Trace", "batches", "failed_examples", "load_gazetteer"]
