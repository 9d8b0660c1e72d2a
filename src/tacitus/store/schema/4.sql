-- Schema 4 of the store: what pages and reports look up, ready to be looked up. All of it is made from the other tables (`told_pages.sql`, `told_events.sql`) and
-- can be made anew from them at any time; a new version of the schema does so.

-- Who is named anywhere, each once: what two rows of `actors` have in common that differ in nothing but the document. `key` is a hash of
-- all that; `side` is what is counted together, `documents` on how many pages it is named. `actors.who` and `claims.who`, its speaker, point
-- here.
CREATE TABLE everybody (
    who INTEGER, key UBIGINT, name VARCHAR, kind VARCHAR, country VARCHAR, sectors VARCHAR[], code VARCHAR, reference VARCHAR, side VARCHAR,
    documents INTEGER
);

ALTER TABLE actors ADD COLUMN who INTEGER;

-- `day`: of the page; beside it, where the claim's sentence stands. Claims lie in the order of days too.
ALTER TABLE claims ADD COLUMN who INTEGER;
ALTER TABLE claims ADD COLUMN day DATE;
ALTER TABLE claims ADD COLUMN sentence_start INTEGER;
ALTER TABLE claims ADD COLUMN sentence_end INTEGER;

-- Pages as lists show them, in the order of days. `words`: how many the text has.
CREATE TABLE pages (
    document VARCHAR, day DATE, title VARCHAR, publisher VARCHAR, url VARCHAR, byline VARCHAR, flags VARCHAR[], error_kind VARCHAR,
    error_message VARCHAR, words INTEGER
);

-- Events as they are told to readers: with the day of the page where they have none, their words, place, speaker, incident and parties.
-- The table lies in the order of days, so that a period is read without the rest; what came later lies behind, until it is put in order.
-- `origin`: the page of which theirs is a copy, or null. `actors`, `recipients`: see `everybody`; the lists beside them have the ids in
-- the document and the words, in the same order.
CREATE TABLE told (
    number INTEGER, document VARCHAR, event VARCHAR, type VARCHAR, mode VARCHAR, contexts VARCHAR[], status VARCHAR, quad INTEGER,
    score DOUBLE, goldstein DOUBLE, cameo VARCHAR, confidence DOUBLE, review VARCHAR, claim VARCHAR, speaker INTEGER,
    speaker_actor VARCHAR, speaker_text VARCHAR, sentence INTEGER, sentence_text VARCHAR, trigger_text VARCHAR, "start" INTEGER,
    day DATE, day_to DATE, day_basis VARCHAR, place VARCHAR, place_country VARCHAR, lat DOUBLE, lon DOUBLE, dead_low INTEGER,
    dead_high INTEGER, injured_low INTEGER, injured_high INTEGER, size_low INTEGER, size_high INTEGER, title VARCHAR, publisher VARCHAR,
    url VARCHAR, published DATE, incident VARCHAR, origin VARCHAR, actors INTEGER[], recipients INTEGER[],
    actor_words STRUCT(actor VARCHAR, words VARCHAR)[], recipient_words STRUCT(actor VARCHAR, words VARCHAR)[]
);

-- Who takes part in which of them, in the same order.
CREATE TABLE parts (number INTEGER, day DATE, who INTEGER, actor VARCHAR);
