-- Schema 1 of the store: what was read. One row a fact; every fact points at its document and at the words (code points, half-open).
-- `documents.record` is the output record less its text, exactly as coded: the tables are made from it, and it can be read back whole.
-- Tables have no keys of their own: a batch deletes a document's rows and inserts them again in one transaction, and there is one writer.

CREATE TABLE meta (key VARCHAR, value VARCHAR);

CREATE TABLE runs (
    run INTEGER, started TIMESTAMP, finished TIMESTAMP, program VARCHAR, model JSON, sources VARCHAR[], coded INTEGER, failed INTEGER
);

CREATE TABLE documents (
    id VARCHAR, digest VARCHAR, run INTEGER, url VARCHAR, publisher VARCHAR, byline VARCHAR, title VARCHAR, published VARCHAR,
    published_day DATE, language VARCHAR, text VARCHAR, flags VARCHAR[], error_kind VARCHAR, error_message VARCHAR, record JSON
);

CREATE TABLE sentences (document VARCHAR, sentence INTEGER, "start" INTEGER, "end" INTEGER);

CREATE TABLE actors (
    document VARCHAR, actor VARCHAR, name VARCHAR, kind VARCHAR, country VARCHAR, sectors VARCHAR[], code VARCHAR, reference VARCHAR
);

CREATE TABLE mentions (document VARCHAR, actor VARCHAR, "start" INTEGER, "end" INTEGER, kind VARCHAR);

CREATE TABLE events (
    document VARCHAR, event VARCHAR, type VARCHAR, mode VARCHAR, contexts VARCHAR[], status VARCHAR, claim VARCHAR, sentence INTEGER,
    "start" INTEGER, "end" INTEGER, day_from DATE, day_to DATE, day_basis VARCHAR, place INTEGER,
    dead_low INTEGER, dead_high INTEGER, injured_low INTEGER, injured_high INTEGER, size_low INTEGER, size_high INTEGER,
    score DOUBLE, quad INTEGER, cameo VARCHAR, goldstein DOUBLE, confidence DOUBLE, because VARCHAR[]
);

CREATE TABLE participants (document VARCHAR, event VARCHAR, side VARCHAR, rank INTEGER, actor VARCHAR, "start" INTEGER, "end" INTEGER);

CREATE TABLE claims (
    document VARCHAR, claim VARCHAR, speaker VARCHAR, speaker_start INTEGER, speaker_end INTEGER, cue_start INTEGER, cue_end INTEGER,
    content STRUCT("start" INTEGER, "end" INTEGER)[], kind VARCHAR, sentence INTEGER, embedded_in VARCHAR
);

CREATE TABLE places (
    document VARCHAR, place INTEGER, "start" INTEGER, "end" INTEGER, name VARCHAR, geonameid INTEGER, lat DOUBLE, lon DOUBLE,
    feature VARCHAR, country VARCHAR, admin1 VARCHAR, score DOUBLE
);

CREATE TABLE times (
    document VARCHAR, "start" INTEGER, "end" INTEGER, kind VARCHAR, value VARCHAR, day_from DATE, day_to DATE
);

CREATE VIEW parties AS
SELECT p.document, p.event, p.side, p.rank, p."start", p."end", a.actor, a.name, a.code, a.country, a.sectors, a.kind, a.reference
FROM participants p JOIN actors a USING (document, actor);
