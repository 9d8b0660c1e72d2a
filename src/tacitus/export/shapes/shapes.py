"""All shapes, and the writing of one into a folder."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tacitus.errors import SettingsError
from tacitus.export.shapes.acled import ACLED
from tacitus.export.shapes.gdelt import GDELT
from tacitus.export.shapes.icews import ICEWS
from tacitus.export.shapes.own import TACITUS
from tacitus.export.shapes.plover import PLOVER
from tacitus.export.shapes.polecat import POLECAT
from tacitus.export.shapes.table import Shape, Table
from tacitus.export.shapes.ucdp import UCDP
from tacitus.export.shapes.writing import Written, opened
from tacitus.store import Store
from tacitus.store.units import Choice, units_of

SHAPES = {shape.name: shape for shape in (TACITUS, GDELT, POLECAT, ICEWS, PLOVER, ACLED, UCDP)}
NO_PLACE = "of a kind the shape has no word for"


@dataclass
class Export:
    """What was written, and how many events were left out for which reason."""

    files: list[Written] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)


def write_shape(
    store: Store, folder: Path, *, shape: str, format: str | None = None, wanted: Choice | None = None
) -> Export:
    """Write what the store holds into files of `folder`, which is made, in the format that is usual for the shape unless told otherwise.

    Memory does not grow with the store. Raises SettingsError for an unknown shape, a format it does not have, or a folder that cannot
    be written.
    """
    if shape not in SHAPES:
        raise SettingsError(f"unknown shape {shape!r}; choose {', '.join(SHAPES)}")
    chosen = SHAPES[shape]
    if format is not None and format not in chosen.formats:
        raise SettingsError(f"the shape {shape} cannot be written as {format}; choose {', '.join(chosen.formats)}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as err:
        raise SettingsError(f"{folder}: cannot be made: {err.strerror}") from err
    export = Export()
    left_out: Counter[str] = Counter()
    for table in chosen.tables:
        written, reasons = _write_table(store, folder, chosen, table, format or chosen.formats[0], wanted or Choice())
        export.files.append(written)
        left_out |= reasons  # the tables of a shape tell of the same events: what is left out of one is counted once
    export.left_out = dict(left_out)
    return export


def _write_table(
    store: Store, folder: Path, shape: Shape, table: Table, format: str, wanted: Choice
) -> tuple[Written, Counter[str]]:
    with (
        units_of(store, shape.choice(table, wanted)) as units,
        opened(folder, table, format=format) as (written, write),
    ):
        without_row = 0
        for unit in units:
            before = written.rows
            for row in table.rows(unit):
                write(unit, row)
            without_row += written.rows == before
        reasons = Counter(units.left_out)
        if without_row:
            reasons[NO_PLACE] += without_row
    return written, reasons
