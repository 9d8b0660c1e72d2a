"""Turns sources into articles: HTML pages, stripped page text, JSON Lines; GZ and ZIP of these."""

from tacitus.ingest.documents import article_from_dict
from tacitus.ingest.reasons import REASONS
from tacitus.ingest.sources import read_sources

__all__ = ["REASONS", "article_from_dict", "read_sources"]
