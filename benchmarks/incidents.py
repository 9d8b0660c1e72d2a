"""Measure stories on the development sets beside the checkout, and how long a batch takes in a large store.

    python -m benchmarks.incidents sets FOLDER             # codes each set once into FOLDER, groups it, writes its scorer's figures
    python -m benchmarks.incidents speed [--incidents N]   # adds 100 pages to a store with so many incidents

The first judges pages (a story is what a page is mainly about), the gold of tests/corpus/incidents judges event mentions.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from tacitus.analysis.grouping import update_incidents
from tacitus.records import Actor, Event, EventDate, Mention, Participant, Place, Record, Span
from tacitus.store import Store, open_store
from tacitus.store.told import tell_all

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"
SETS = ("newsclusters", "ecbplus")
RESULTS = Path(__file__).with_name("results.json")
START = date(2020, 1, 1)
DAYS = 1000
SIDES = 120
TOWNS = 900
SEED = 1000  # pages that are read; the rest of a large store are copies of them
FACTS = ("sentences", "actors", "mentions", "events", "participants", "places", "page_terms")
COPIED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "documents": (("id",), ()),
    **dict.fromkeys(FACTS, (("document",), ())),
    "page_keys": (("document",), ("key",)),
    "story_pages": (("document", "story"), ()),
    "incident_reports": (("document", "incident"), ()),
    "incidents": (("incident",), ()),
    "incident_keys": (("incident",), ("key",)),
}
"""Table to the ids that a copy gets anew, and the keys of blocks."""
TYPES = ("ASSAULT", "CONSULT", "ACCUSE", "PROTEST", "AID")


def measure_sets(folder: Path) -> None:
    """Write the scorer's figures for each set to `results.json`, beside those of `benchmarks.measure`."""
    for name in SETS:
        db, groups = folder / f"{name}.duckdb", folder / f"{name}.groups.jsonl"
        source = GOLD / "duplicates" / f"{name}-dev.jsonl"
        tacitus = [sys.executable, "-m", "tacitus"]
        subprocess.run([*tacitus, "code", str(source), "--db", str(db)], check=True)
        told = subprocess.run([*tacitus, "incidents", "stories", "--db", str(db)], check=True, capture_output=True)
        groups.write_bytes(told.stdout)
        note_figures(name, source.with_suffix(".gold.jsonl"), groups)


def note_figures(name: str, gold: Path, groups: Path) -> None:
    """Score the groups and put the figures where all of them are."""
    scorer = [sys.executable, str(GOLD / "score_duplicates.py"), str(gold), str(groups), "--json"]
    told = json.loads(subprocess.run(scorer, check=True, capture_output=True).stdout)
    results = json.loads(RESULTS.read_text(encoding="utf-8"))
    pairwise = {
        f"pairwise {figure}": round(told["pairwise"][figure.lower()], 4) for figure in ("precision", "recall", "F1")
    }
    results[f"same story, {name} dev"] = {
        "command": "python -m benchmarks.incidents sets FOLDER",
        "date": date.today().isoformat(),
        "figures": {**pairwise, "b-cubed F1": round(told["b-cubed"]["f1"], 4)},
    }
    print(name, results[f"same story, {name} dev"]["figures"], flush=True)
    RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")


def measure_speed(incidents: int, *, batch: int = 100) -> None:
    """Print how long one more batch takes in a store of so many incidents."""
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "large.duckdb") as store:
        pages = make_pages()
        run = store.start_run(program="benchmark", sources=[])
        store.add([next(pages) for _ in range(SEED)], run=run)
        update_incidents(store, run=run)
        copies = max(0, round(incidents / len(store.incidents.rows())) - 1)
        _multiply(store, copies)
        print(f"{len(store.incidents.rows()):,} incidents, {SEED * (copies + 1):,} pages", flush=True)
        times = []
        for _ in range(5):
            run = store.start_run(program="benchmark", sources=[])
            store.add([next(pages) for _ in range(batch)], run=run)
            began, spent = time.perf_counter(), time.process_time()
            update_incidents(store, run=run)
            times.append((time.perf_counter() - began, time.process_time() - spent))
        clock, spent = min(times)
        print(
            f"{batch} pages more, once stored, are grouped in {clock:.2f} s, of which {spent:.2f} s of processor time"
        )


def _multiply(store: Store, copies: int) -> None:
    """Put so many copies of everything beside it, under other ids and in other blocks, as if that many other worlds were read too."""
    with store.transaction() as connection:
        for table, (names, salted) in COPIED.items():
            changed = [f"{name} || '-' || copy AS {name}" for name in names]
            changed += [f"xor({name}, copy * 7919)::UINTEGER AS {name}" for name in salted]
            connection.execute(
                f"""INSERT INTO {table} SELECT t.* REPLACE ({", ".join(changed)})
                FROM (SELECT * FROM {table}) t, (SELECT unnest(range(1, ?)) AS copy)""",
                [copies + 1],
            )
        tell_all(connection)


def make_pages() -> Iterator[Record]:
    """Pages without end: each tells of one event in some words, about two in five of one that another page tells of too."""
    chance = random.Random(7)
    words = [
        f"{a}{b}{c}"
        for a in "bdfgklmnprst"
        for b in ("a", "e", "i", "o", "u")
        for c in ("ra", "len", "mit", "sok", "van", "tur")
    ]
    told: list[tuple[str, int, int, int, int, tuple[str, ...]]] = []
    number = 0
    while True:
        number += 1
        if told and chance.random() < 0.4:
            happening = chance.choice(told[-500:])
        else:
            first, second = chance.sample(range(SIDES), 2)
            subject = tuple(chance.choices(words, k=12))
            happening = (chance.choice(TYPES), first, second, chance.randrange(TOWNS), chance.randrange(DAYS), subject)
            told.append(happening)
        yield _page(number, happening, chance, words)


def _page(
    number: int, happening: tuple[str, int, int, int, int, tuple[str, ...]], chance: random.Random, words: list[str]
) -> Record:
    type_, first, second, town, day, subject = happening
    names = [f"Side{first}", f"Side{second}", f"Town{town}"]
    filling = " ".join(chance.choices(words, k=80))
    text = f"{names[0]} met {names[1]} in {names[2]}. {' '.join(chance.sample(subject, 10))} {filling}."
    spans = [Span(text.index(name), text.index(name) + len(name)) for name in names]
    when = START + timedelta(days=day)
    parts = [Participant(actor=f"a{n}", start=span.start, end=span.end) for n, span in enumerate(spans[:2])]
    return Record(
        id=f"page{number}",
        published=(when + timedelta(days=chance.randrange(2))).isoformat(),
        text=text,
        sentences=(Span(0, text.index(".") + 1), Span(text.index(".") + 2, len(text))),
        actors=tuple(_actor(f"a{n}", names[n], (first, second)[n], spans[n]) for n in range(2)),
        events=(_event(type_, parts, when, text),),
        places=(_place(names[2], town, spans[2]),),
    )


def _event(type_: str, parts: list[Participant], when: date, text: str) -> Event:
    return Event(
        id="e1",
        type=type_,
        actors=(parts[0],),
        recipients=(parts[1],),
        trigger=Span(text.index("met"), text.index("met") + 3),
        sentence=0,
        date=EventDate(from_=when.isoformat(), to=when.isoformat(), basis="text"),
        place=0,
        score=-1.0,
        quad=3,
    )


def _place(name: str, town: int, span: Span) -> Place:
    return Place(
        start=span.start,
        end=span.end,
        name=name,
        geonameid=town + 1,
        lat=town / 10,
        lon=town % 180,
        feature="P.PPL",
    )


def _actor(id_: str, name: str, side: int, span: Span) -> Actor:
    country = f"{chr(65 + side // 26)}{chr(65 + side % 26)}X"
    mention = Mention(start=span.start, end=span.end, kind="name")
    return Actor(id=id_, name=name, kind="place-as-actor", country=country, code=country, mentions=(mention,))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    sets = commands.add_parser("sets")
    sets.add_argument("folder", type=Path)
    speed = commands.add_parser("speed")
    speed.add_argument("--incidents", type=int, default=100_000)
    arguments = parser.parse_args()
    if arguments.command == "sets":
        measure_sets(arguments.folder)
    else:
        measure_speed(arguments.incidents)


if __name__ == "__main__":
    main()
