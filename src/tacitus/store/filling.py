"""The tables of facts filled from records: the record's own JSON, taken apart by SQL (`fill.sql`)."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from typing import Any

import duckdb

from tacitus.records import Record
from tacitus.store.scripts import statements
from tacitus.store.told import tell, untell
from tacitus.store.values import LISTED, listed, table, values

FACTS = ("sentences", "actors", "mentions", "events", "participants", "claims", "places", "times")
BATCH = {"id": "VARCHAR", "record": "VARCHAR"}
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def fill(connection: duckdb.DuckDBPyConnection, records: Mapping[str, str]) -> None:
    """Put the facts of these records (id to `facts_of`) into their tables, from which older ones must be gone."""
    connection.execute("CREATE OR REPLACE TEMP TABLE batch (id VARCHAR, record JSON)")
    connection.execute(f"INSERT INTO batch FROM {table(**BATCH)}", [values(records.items(), **BATCH)])
    for name in FACTS:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE fresh_{name} AS FROM {name} LIMIT 0")
    for statement in statements("fill.sql"):
        connection.execute(statement)
    tell(connection, list(records))
    for name in FACTS:
        connection.execute(f"INSERT INTO {name} FROM fresh_{name}")
        connection.execute(f"DROP TABLE fresh_{name}")
    connection.execute("DROP TABLE batch")


def empty(connection: duckdb.DuckDBPyConnection, ids: Collection[str]) -> None:
    """Take the facts of these documents out."""
    untell(connection, list(ids))
    for name in FACTS:
        connection.execute(f"DELETE FROM {name} WHERE document IN {LISTED}", [listed(ids)])


def facts_of(record: Record) -> str:
    """The record less its text, as JSON."""
    plain = record.to_dict()
    del plain["text"]
    return str(storable(json.dumps(plain, ensure_ascii=False)))


def storable(value: Any) -> Any:
    """The string with lone surrogates, which UTF-8 cannot hold, made U+FFFD: the length and so all offsets stay."""
    return LONE_SURROGATE.sub("\ufffd", value) if isinstance(value, str) else value
