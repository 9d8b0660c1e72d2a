"""Records and situations as files and as text to read."""

from tacitus.export.tables import write_records

__all__ = ["write_records"]
