"""The embedded database: one DuckDB file that holds all that was read, and gives it back as rows."""

from tacitus.store.database import Store, digest, open_store
from tacitus.store.place_index import PlaceIndex, build_place_index, open_place_index
from tacitus.store.rows import ClaimRow, DocumentRow, EventRow, PartyRow, Query, ReadingRow, UnknownActorRow

__all__ = [
    "ClaimRow",
    "DocumentRow",
    "EventRow",
    "PartyRow",
    "PlaceIndex",
    "Query",
    "ReadingRow",
    "Store",
    "UnknownActorRow",
    "build_place_index",
    "digest",
    "open_place_index",
    "open_store",
]
