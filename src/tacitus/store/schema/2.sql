-- Schema 2 of the store: what was read, seen across documents.
-- A new database runs all files of this folder in the order of their numbers; an older one those above its version.
-- What a claim's speaker does with what it reports: asserts, denies, doubts, asks, promises, demands; null where the cue leaves it open.
ALTER TABLE claims ADD COLUMN stance VARCHAR;

-- Pages as their words show them: `terms` packs rows of five 32-bit numbers (hashed term; counts in the first words, in the lead, as names,
-- as numbers). `term_documents` counts the pages of the store in which a term stands.
CREATE TABLE page_terms (document VARCHAR, published DATE, terms BLOB);
CREATE TABLE page_keys (key UINTEGER, published DATE, document VARCHAR);
CREATE TABLE term_documents (term UINTEGER, documents INTEGER);

-- Pages whose main subject is the same happening. `score` and `because` tell what joined the page, to `to_document`; the page that founded
-- the story has none.
CREATE TABLE story_pages (
    story VARCHAR, document VARCHAR, published DATE, run INTEGER, score DOUBLE, to_document VARCHAR,
    because STRUCT(feature VARCHAR, weight DOUBLE, detail VARCHAR)[]
);

-- Incidents are one row each, with the reports that tell them beneath. Ids never change and are never used again.

-- `status`: actual, or negated when nobody says that it happened. `withdrawn`: the run that left it without reports; `merged_into`: where
-- they went. `changed`: the last run that touched its reports or facts. `reports` counts event mentions, `documents` pages,
-- `independent` pages that are no copies of one another. `own_voice`: a page states it itself.
CREATE TABLE incidents (
    incident VARCHAR, type VARCHAR, types VARCHAR[], mode VARCHAR, quad INTEGER, score DOUBLE, status VARCHAR, own_voice BOOLEAN,
    day_from DATE, day_to DATE, day_basis VARCHAR, place VARCHAR, geonameid INTEGER, country VARCHAR, lat DOUBLE, lon DOUBLE,
    dead_low INTEGER, dead_high INTEGER, injured_low INTEGER, injured_high INTEGER, reports INTEGER, documents INTEGER,
    independent INTEGER, first_published DATE, last_published DATE, created INTEGER, changed INTEGER, withdrawn INTEGER,
    merged_into VARCHAR
);

-- Which incident an event mention belongs to. `denies`: it says that the incident did not happen. `score` and `because` tell what joined
-- it, to the report `to_document`, `to_event`; the report that founded the incident has none. `hand`: a person decided.
CREATE TABLE incident_reports (
    incident VARCHAR, document VARCHAR, event VARCHAR, denies BOOLEAN, run INTEGER, score DOUBLE, to_document VARCHAR, to_event VARCHAR,
    because STRUCT(feature VARCHAR, weight DOUBLE, detail VARCHAR)[], hand BOOLEAN
);

-- The blocks in which an incident is looked for: a hash of the key, the days for which it holds, and how much sharing it counts: two are
-- needed to compare.
CREATE TABLE incident_keys (key UINTEGER, day_from DATE, day_to DATE, strength INTEGER, incident VARCHAR);

-- What people decided, in order; the last word on a pair of event mentions wins. `same`: the two tell of one incident, or do not.
CREATE TABLE incident_decisions (
    decision INTEGER, made TIMESTAMP, run INTEGER, command VARCHAR, same BOOLEAN, document VARCHAR, event VARCHAR,
    other_document VARCHAR, other_event VARCHAR
);

-- What happened to incidents, run by run. `change`: new, changed, withdrawn.
CREATE TABLE incident_changes (run INTEGER, incident VARCHAR, change VARCHAR, detail VARCHAR);

-- Families of copies of one text. `number` counts the pages as they were read; `family` is the number of the first page of the family;
-- `prints` are fingerprints, null where later pages need not be compared with this one.
CREATE TABLE signatures (number INTEGER, document VARCHAR, family INTEGER, words INTEGER, prints UBIGINT[]);

-- Which pages are copies of which: of a family all but the original, which is the earliest of those that hold most of the text.
-- `kind`: verbatim, truncated, extended, edited, update. `similarity`: share of the shorter text's shingles that the longer one holds.
CREATE TABLE copies (document VARCHAR, original VARCHAR, kind VARCHAR, similarity DOUBLE);
