"""The embedded database: one DuckDB file that holds all that was read, and gives it back as rows."""

from tacitus.store.database import Store, digest, open_store
from tacitus.store.rows import ClaimRow, DocumentRow, EventRow, PartyRow, Query, UnknownActorRow

__all__ = ["ClaimRow", "DocumentRow", "EventRow", "PartyRow", "Query", "Store", "UnknownActorRow", "digest", "open_store"]
