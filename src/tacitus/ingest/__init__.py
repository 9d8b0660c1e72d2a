"""Turns sources into articles: pages, text, JSON Lines, tables, WARC files, feeds, archives of these, files or fetched."""

from tacitus.ingest.documents import article_from_dict
from tacitus.ingest.reading import Reading, parse_columns
from tacitus.ingest.reasons import REASONS
from tacitus.ingest.sources import is_url, read_sources

__all__ = ["REASONS", "Reading", "article_from_dict", "is_url", "parse_columns", "read_sources"]
