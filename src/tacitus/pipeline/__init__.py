"""Puts the rooms in order."""

from tacitus.pipeline.batches import batches
from tacitus.pipeline.coder import Coder, Trace

__all__ = ["Coder", "Trace", "batches"]
