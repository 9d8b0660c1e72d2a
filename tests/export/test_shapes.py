"""Shapes of other data sets: their columns in their order, filled with what is known, and nothing made up."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from tacitus.corpus.mentions import MentionId
from tacitus.errors import SettingsError
from tacitus.export.shapes import SHAPES, Export, write_shape
from tacitus.export.shapes.acled import ACLED
from tacitus.export.shapes.codes import countries, disorders, sectors
from tacitus.ontology import load_ontology
from tacitus.ontology.plover import SECTORS
from tacitus.records import Event, EventDate, Place, Quantity, Record, Span
from tacitus.store import Store, open_store
from tacitus.store.incident_rows import ReportRow
from tacitus.store.units import Choice
from tests.factories import make_actor, make_claim, make_event, make_record, span_of

ATTACK = 'Kenyan rebels killed "at least 12" villagers\tin Lamu.'
DENIED = "The Kenyan army did not shell Lamu."
MEETING = "Peru, Chile and Bolivia met in Lima, Peruvian officials said."
Written = tuple[Path, dict[str, Export]]
COLUMNS = {
    "polecat-shaped.tsv": (40, "Event ID", "Version"),
    "icews-shaped.tsv": (20, "Event ID", "Longitude"),
    "acled-shaped.csv": (31, "event_id_cnty", "timestamp"),
    "ucdp-shaped.csv": (49, "id", "gwnob"),
}


def attack() -> Record:
    rebels = make_actor("a1", ATTACK, "Kenyan rebels", code="KENREB")
    villagers = make_actor("a2", ATTACK, "villagers", code="KENCVL")
    event = make_event(
        "e1",
        ATTACK,
        "killed",
        actors=[rebels],
        recipients=[villagers],
        mode="firearms",
        contexts=("military",),
        cameo="190",
        goldstein=-10.0,
        confidence=0.86,
        place=0,
        date=EventDate(from_="2024-05-06", to="2024-05-06", basis="text"),
    )
    event = replace(event, dead=Quantity(low=12, high=None, span=span_of(ATTACK, "at least 12")))
    place = Place(
        start=span_of(ATTACK, "Lamu").start,
        end=span_of(ATTACK, "Lamu").end,
        name="Lamu",
        geonameid=189741,
        lat=-2.27169,
        lon=40.90201,
        feature="P.PPL",
        country="KEN",
        admin1="Lamu County",
    )
    return make_record(
        ATTACK,
        id="p1",
        url="https://example.org/p1",
        publisher="Coast Daily",
        title="Twelve die",
        published="2024-05-07",
        language="en",
        actors=(rebels, villagers),
        events=(event,),
        places=(place,),
    )


def denial() -> Record:
    army = make_actor("a1", DENIED, "The Kenyan army", code="KENMIL")
    event = make_event("e1", DENIED, "shell", actors=[army], status="negated", confidence=0.9)
    return make_record(DENIED, id="p2", published="2024-05-08", actors=(army,), events=(event,))


def meeting() -> Record:
    parties = [make_actor(f"a{n}", MEETING, name, code=code) for n, (name, code) in enumerate(COUNTRIES)]
    officials = make_actor("a9", MEETING, "Peruvian officials", code="PERGOV")
    event = make_event(
        "e1",
        MEETING,
        "met",
        actors=parties,
        type="CONSULT",
        score=2.5,
        quad=1,
        cameo="040",
        goldstein=1.0,
        claim="c1",
        confidence=0.5,
    )
    claim = make_claim("c1", MEETING, "Peru, Chile and Bolivia met in Lima", speaker=officials, cue="said")
    return make_record(
        MEETING, id="p3", published="2024-05-09", actors=(*parties, officials), events=(event,), claims=(claim,)
    )


COUNTRIES = (("Peru", "PER"), ("Chile", "CHL"), ("Bolivia", "BOL"))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = open_store(tmp_path_factory.mktemp("db") / "world.duckdb")
    store.add([attack(), denial(), meeting()], run=store.start_run(program="tacitus 1", sources=["pages/"]))
    return store


@pytest.fixture(scope="module")
def written(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Written:
    """All shapes in their usual formats."""
    folder = tmp_path_factory.mktemp("out")
    return folder, {shape: write(store, folder, shape) for shape in SHAPES}


def rows_of(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def write(store: Store, folder: Path, shape: str, format: str | None = None, **wanted: object) -> Export:
    return write_shape(store, folder, shape=shape, format=format, wanted=Choice(**wanted))  # type: ignore[arg-type]


def test_files_are_named_after_the_shape(written: Written) -> None:
    folder, _ = written
    names = {path.name for path in folder.iterdir()}
    assert names == {
        "tacitus-events.csv",
        "tacitus-incidents.csv",
        "gdelt-shaped.export.CSV",
        "gdelt-shaped.mentions.CSV",
        "plover-shaped.jsonl",
        *COLUMNS,
    }


@pytest.mark.parametrize("name", COLUMNS)
def test_columns(written: Written, name: str) -> None:
    folder, _ = written
    with (folder / name).open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file, delimiter="\t" if name.endswith(".tsv") else ","))
    assert (len(header), header[0], header[-1]) == COLUMNS[name]
    assert len(set(header)) == len(header)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("shape", "heading"), [("gdelt", "1."), ("polecat", "2."), ("icews", "3."), ("acled", "5."), ("ucdp", "6.")]
)
def test_columns_are_those_of_the_reference(shared: Path, shape: str, heading: str) -> None:
    section = (shared / "formats.md").read_text(encoding="utf-8").split(f"## {heading}")[1]
    line = next(line for line in section.splitlines() if line.count("` · `") > 15)
    assert [column.name for column in SHAPES[shape].tables[0].columns] == [
        name.strip("` ") for name in line.split(" · ")
    ]


def test_gdelt_has_events_and_their_mentions(written: Written) -> None:
    folder, exports = written
    export = exports["gdelt"]
    lines = (folder / "gdelt-shaped.export.CSV").read_text(encoding="utf-8").splitlines()
    assert [line.count("\t") for line in lines] == [60, 60] and export.left_out == {"not actual": 1}
    row = dict(zip([column.name for column in SHAPES["gdelt"].tables[0].columns], lines[0].split("\t"), strict=True))
    assert {name: row[name] for name in GDELT_ATTACK} == GDELT_ATTACK
    mentions = [
        line.split("\t") for line in (folder / "gdelt-shaped.mentions.CSV").read_text(encoding="utf-8").splitlines()
    ]
    assert mentions[0][:11] == [
        row["GLOBALEVENTID"], "20240506000000", "20240507000000", "1", "Coast Daily", "https://example.org/p1", "1",
        "0", str(ATTACK.index("villagers")), str(ATTACK.index("killed")), "1",
    ]  # fmt: skip
    assert {len(mention) for mention in mentions} == {16} and mentions[0][11] == "90"


GDELT_ATTACK = {
    "SQLDATE": "20240506", "MonthYear": "202405", "Year": "2024", "Actor1Code": "KENREB", "Actor1Name": "KENYAN REBELS",
    "Actor1CountryCode": "KEN", "Actor1Type1Code": "REB", "Actor2Code": "KENCVL", "IsRootEvent": "1", "EventCode": "190",
    "EventBaseCode": "190", "EventRootCode": "19", "QuadClass": "4", "GoldsteinScale": "-10.0", "NumMentions": "1", "NumArticles": "1",
    "NumSources": "1", "AvgTone": "", "ActionGeo_Type": "4", "ActionGeo_FullName": "Lamu, Lamu County, Kenya",
    "ActionGeo_CountryCode": "KE",
    "ActionGeo_Lat": "-2.27169", "ActionGeo_Long": "40.90201", "Actor1Geo_Lat": "", "SOURCEURL": "https://example.org/p1",
}  # fmt: skip


def test_polecat(written: Written) -> None:
    folder, _ = written
    attack, meeting = rows_of(folder / "polecat-shaped.tsv", "\t")
    assert (attack["Event Type"], attack["Event Mode"], attack["Quad Code"]) == (
        "ASSAULT",
        "firearms",
        "MATERIAL CONFLICT",
    )
    assert (attack["Actor COW"], attack["Primary Actor Sector"], attack["Feature Type"]) == ("501", "REB", "PPL")
    assert (meeting["Actor Country"], meeting["Recipient Name"]) == ("PER;CHL;BOL", "")


def test_icews_pairs_the_parties_in_both_directions(written: Written) -> None:
    folder, _ = written
    attack, *meeting = rows_of(folder / "icews-shaped.tsv", "\t")
    assert (attack["Source Sectors"], attack["Source Country"], attack["Intensity"]) == ("Rebel", "Kenya", "-10.0")
    pairs = {(row["Source Name"], row["Target Name"]) for row in meeting}
    assert len(meeting) == 6 and {(b, a) for a, b in pairs} == pairs
    assert len({row["Event ID"] for row in meeting}) == 6 and len({row["Story ID"] for row in meeting}) == 1


def test_plover_keeps_what_did_not_happen_and_marks_it(written: Written) -> None:
    folder, exports = written
    assert exports["plover"].left_out == {}
    lines = map(json.loads, (folder / "plover-shaped.jsonl").read_text(encoding="utf-8").splitlines())
    attack, denied, meeting = lines
    assert {"id", "date", "actor", "event"} <= set(attack) and None not in attack.values()
    assert attack["actor"] == [
        {"code": "KEN", "sector": "REB", "entity_text": "Kenyan rebels", "identifier_text": "Kenyan rebels"}
    ]
    assert (denied["mode"], "recipient" in denied, "event_loc" in denied) == (["negation"], False, False)
    assert [party["code"] for party in meeting["actor"]] == ["PER", "CHL", "BOL"] and "recipient" not in meeting


def test_acled(written: Written) -> None:
    folder, exports = written
    export = exports["acled"]
    (row,) = rows_of(folder / "acled-shaped.csv")
    assert (row["event_type"], row["sub_event_type"], row["disorder_type"]) == (
        "Violence against civilians",
        "Attack",
        "Political violence",
    )
    assert (row["interaction"], row["civilian_targeting"], row["iso"]) == (
        "Rebel groups-Civilians",
        "Civilian targeting",
        "404",
    )
    assert (row["fatalities"], row["time_precision"], row["geo_precision"], row["region"]) == ("12", "1", "1", "")
    assert export.left_out == {"not actual": 1, "of another type": 1}


def test_ucdp(written: Written) -> None:
    folder, _ = written
    (row,) = rows_of(folder / "ucdp-shaped.csv")
    assert (row["type_of_violence"], row["side_b"], row["dyad_name"]) == ("3", "Civilians", "Kenyan rebels - Civilians")
    assert (row["low"], row["best"], row["high"], row["deaths_civilians"]) == ("12", "12", "12", ""), (
        "what is open upwards is as far as it is told"
    )
    assert (row["date_start"], row["geom_wkt"]) == ("2024-05-06 00:00:00.000", "POINT (40.90201 -2.27169)")
    assert (row["priogrid_gid"], row["country_id"], row["gwnoa"]) == ("126442", "501", "")


def test_our_own_shape_tells_who_says_so(written: Written) -> None:
    folder, _ = written
    attack, denied, meeting = rows_of(folder / "tacitus-events.csv")
    assert (denied["status"], denied["date"], denied["date_basis"]) == ("negated", "2024-05-08", "published")
    assert (meeting["speaker"], meeting["actor_codes"]) == ("Peruvian officials", "PER;CHL;BOL")
    assert meeting["quote"].startswith("Peruvian officials: Peru") and attack["quote"] == " ".join(ATTACK.split())
    assert [row["type"] for row in rows_of(folder / "tacitus-incidents.csv")] == ["ASSAULT", "CONSULT"]


def test_what_is_left_out_is_counted(store: Store, tmp_path: Path) -> None:
    export = write(store, tmp_path, "polecat", min_confidence=0.6, own_voice=True)
    assert export.left_out == {"not actual": 1, "only said by somebody": 1}
    assert write(store, tmp_path, "polecat", min_confidence=0.6).left_out == {"not actual": 1, "less sure": 1}


@pytest.mark.parametrize("shape", SHAPES)
def test_parquet_holds_what_json_lines_hold(store: Store, tmp_path: Path, shape: str) -> None:
    write(store, tmp_path, shape, "jsonl")
    write(store, tmp_path, shape, "parquet")
    assert len(list(tmp_path.glob("*.parquet"))) == len(SHAPES[shape].tables)
    for path in tmp_path.glob("*.parquet"):
        lines = path.with_suffix(".jsonl").read_text(encoding="utf-8").splitlines()
        table = duckdb.sql(f"SELECT * FROM read_parquet('{path}')")
        nested = {name for name, type_ in zip(table.columns, table.types, strict=True) if str(type_) == "JSON"}
        rows = [dict(zip(table.columns, row, strict=True)) for row in table.fetchall()]
        for row in rows:
            row |= {name: json.loads(row[name]) for name in nested if row[name] is not None}
        assert rows == [{name: json.loads(line).get(name) for name in table.columns} for line in lines]


def test_csv_and_geojson_have_as_many_rows(store: Store, tmp_path: Path) -> None:
    counts = [[file.rows for file in write(store, tmp_path, "tacitus", format).files] for format in ("csv", "geojson")]
    assert counts == [[3, 2], [3, 2]]


def test_geojson_has_longitude_first_and_no_place_made_up(store: Store, tmp_path: Path) -> None:
    write(store, tmp_path, "tacitus", "geojson")
    collection = json.loads((tmp_path / "tacitus-events.geojson").read_text(encoding="utf-8"))
    attack, denied, _ = collection["features"]
    assert attack["geometry"] == {"type": "Point", "coordinates": [40.90201, -2.27169]} and denied["geometry"] is None
    assert set(collection) == {"type", "features"} and attack["properties"]["actors"] == ["Kenyan rebels"]


def test_incidents_count_their_reports(tmp_path: Path) -> None:
    with open_store(tmp_path / "world.duckdb") as store:
        again = replace(
            attack(), id="p4", url="https://example.org/p4", publisher="Inland Post", flags=("duplicate-of:p1",)
        )
        run = store.start_run(program="tacitus 1", sources=[])
        store.add([attack(), again], run=run)
        with store.transaction():
            store.incidents.assign([ReportRow("i1", MentionId(page, "e1")) for page in ("p1", "p4")], run=run)
        write(store, tmp_path, "tacitus")
        write(store, tmp_path, "gdelt")
    (row,) = rows_of(tmp_path / "tacitus-incidents.csv")
    assert (row["id"], row["reports"], row["pages"], row["sources"], row["publishers"]) == (
        "i1",
        "2",
        "2",
        "1",
        "Coast Daily;Inland Post",
    )
    mentions = (tmp_path / "gdelt-shaped.mentions.CSV").read_text(encoding="utf-8").splitlines()
    assert len(mentions) == 2 and len({line.split("\t")[0] for line in mentions}) == 1


@pytest.mark.parametrize(("shape", "format"), [("nobody", None), ("gdelt", "xlsx")])
def test_what_cannot_be_written_is_said(store: Store, tmp_path: Path, shape: str, format: str | None) -> None:
    with pytest.raises(SettingsError, match="choose"):
        write(store, tmp_path, shape, format)


def test_a_failed_export_leaves_no_file_that_looks_whole(store: Store, tmp_path: Path) -> None:
    (tmp_path / "acled-shaped.csv.part").symlink_to("/dev/full")
    with pytest.raises(SettingsError, match=r"acled-shaped\.csv: cannot be written: No space left"):
        write(store, tmp_path, "acled")
    assert list(tmp_path.iterdir()) == []


def test_the_tables_of_codes_fit_the_ontology() -> None:
    types = load_ontology().types
    assert set(sectors()) == set(SECTORS)
    assert [key for key in disorders() if key[0] not in types or (key[1] and key[1] not in types[key[0]].modes)] == []
    assert tuple(dict.fromkeys(key[0] for key in disorders())) == ACLED.types
    assert [countries()[code].cow for code in ("KEN", "UKR", "DEU", "CHN")] == ["501", "369", "255", "710"]


def test_an_event_needs_nothing_but_its_type(tmp_path: Path) -> None:
    bare = Record(id="p", text="Bang.", events=(Event(id="e1", type="ASSAULT", trigger=Span(0, 4), sentence=0),))
    with open_store(tmp_path / "world.duckdb") as store:
        store.add([bare], run=store.start_run(program="tacitus 1", sources=[]))
        assert {shape: [file.rows for file in write(store, tmp_path, shape).files] for shape in SHAPES} == {
            "tacitus": [1, 1], "gdelt": [1, 1], "polecat": [1], "icews": [1], "plover": [1], "acled": [1], "ucdp": [0]
        }  # fmt: skip
