"""Records and situations as files and as text to read."""

from tacitus.export.arcs import render_parse_svg
from tacitus.export.document import render_document
from tacitus.export.explanation import render_explanation
from tacitus.export.situation import render_situation
from tacitus.export.tables import write_parquet, write_records

__all__ = [
    "render_document",
    "render_explanation",
    "render_parse_svg",
    "render_situation",
    "write_parquet",
    "write_records",
]
