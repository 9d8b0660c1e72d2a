"""All errors that Tacitus raises on purpose.

    TacitusError
    ├── SourceError      a source or a document cannot be read; `kind` goes into the output record
    ├── DataError        a file of the package, or a file of the user in the same form, is wrong
    ├── StoreError       the database cannot be opened or is of another schema
    └── SettingsError    arguments that make no sense together

A message names the document, file or line and says what to do next. Catch the narrow one; chain the cause.
"""

from __future__ import annotations


class TacitusError(Exception):
    """Base of all errors that Tacitus raises on purpose."""


class SourceError(TacitusError):
    """A source or a document cannot be read.

    `kind` is a short stable word for the output record's ``error.kind``, for example ``binary``, ``empty``, ``encoding``,
    ``too-large``, ``json``, ``not-found``.
    """

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class DataError(TacitusError):
    """A lexicon, gazetteer, actor file or model manifest is wrong; the message names the file and, where known, the line."""


class StoreError(TacitusError):
    """The database cannot be opened, is locked by another process, or has an unknown schema version."""


class SettingsError(TacitusError):
    """Arguments or settings that contradict each other."""
