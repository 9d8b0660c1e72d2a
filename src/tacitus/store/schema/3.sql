-- Schema 3 of the store: what people say of the machine's coding.
-- `documents.record` stays the machine's own. The tables of facts are made from it with the verdicts laid over, and `review` is what a
-- person said of a fact that stands: accepted or corrected; null where nobody looked.
ALTER TABLE actors ADD COLUMN review VARCHAR;
ALTER TABLE events ADD COLUMN review VARCHAR;
ALTER TABLE places ADD COLUMN review VARCHAR;

-- The log: one row a verdict, or the taking back of one; rows are never changed. `body` is the whole entry as JSON. The same log stands in a
-- file of its own beside the database, which can be written at any time; a row is here once it was taken in.
CREATE TABLE reviews (entry VARCHAR, made VARCHAR, who VARCHAR, document VARCHAR, subject VARCHAR, verdict VARCHAR, body JSON);

-- What became of each verdict in force. `item`: the event's or actor's id or the place's number in the machine's record, null where it was
-- lost; `state`: applied, superseded, lost. Of events `type`, `day_from` and `confidence` are the machine's.
CREATE TABLE review_marks (
    document VARCHAR, entry VARCHAR, made VARCHAR, who VARCHAR, subject VARCHAR, item VARCHAR, verdict VARCHAR, state VARCHAR, why VARCHAR,
    type VARCHAR, day_from DATE, confidence DOUBLE, parties VARCHAR[]
);
