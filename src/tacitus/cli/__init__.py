"""The command line. Heavy parts are imported only by the command that needs them."""

from __future__ import annotations

from tacitus.cli.main import main

__all__ = ["main"]
