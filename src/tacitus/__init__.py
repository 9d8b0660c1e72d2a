"""Tacitus reads news pages and returns structured, sourced event data."""

from __future__ import annotations

__version__ = "0.1.0"
