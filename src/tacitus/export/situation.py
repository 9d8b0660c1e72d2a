"""`tacitus report`: a situation as text, Markdown or HTML."""

from __future__ import annotations

from tacitus.analysis import Situation
from tacitus.errors import SettingsError
from tacitus.export.html_page import as_html
from tacitus.export.plain_text import as_markdown, as_text
from tacitus.export.report import compose

WRITERS = {"text": as_text, "markdown": as_markdown, "html": as_html}


def render_situation(situation: Situation, *, format: str = "text") -> str:
    """The report in one of the forms `text`, `markdown`, `html`. Raises SettingsError for another one."""
    if format not in WRITERS:
        raise SettingsError(f"{format}: no such form of report; there are {', '.join(WRITERS)}")
    return WRITERS[format](compose(situation))
