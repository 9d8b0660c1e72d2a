"""The progress line of long work, on standard error."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any


class Progress:
    """Documents done, documents a second, and failures. Shows nothing when quiet or when standard error is no terminal."""

    def __init__(self, *, quiet: bool) -> None:
        self._shown = not quiet and sys.stderr.isatty()
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Progress:
        if self._shown:
            from rich import progress
            from rich.console import Console

            self._bar = progress.Progress(
                progress.SpinnerColumn(),
                progress.TextColumn("{task.completed:,.0f} documents"),
                progress.TextColumn("{task.fields[rate]}"),
                progress.TextColumn("{task.fields[failures]}"),
                progress.TimeElapsedColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            self._bar.start()
            self._task = self._bar.add_task("coding", total=None, rate="loading the model", failures="")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def advance(self, *, failures: int, by: int = 1) -> None:
        """One more document, or so many, are done; `failures` so far."""
        if self._bar is None:
            return
        task = self._bar.tasks[0]
        rate = f"{(task.completed + by) / task.elapsed:.1f} documents/s" if task.elapsed else ""
        self._bar.update(self._task, advance=by, rate=rate, failures=f"[red]{failures} failed" if failures else "")
