-- Schema 5 of the store: what a batch of new pages needs of the pages before it, without looking for it in everything that was ever read.

-- What an event mention says, as incidents are made from it: a JSON object, written with the report; null where it has to be read from the
-- tables of facts.
ALTER TABLE incident_reports ADD COLUMN IF NOT EXISTS facts VARCHAR;

-- Pages whose words have not been read yet. Reports that went because their page was coded again, with what they said: their incidents are to
-- be looked at again, and when the page still tells of the same, it is the same incident.
CREATE TABLE IF NOT EXISTS pages_waiting (document VARCHAR);
CREATE TABLE IF NOT EXISTS incident_reports_lost (incident VARCHAR, document VARCHAR, event VARCHAR, facts VARCHAR);

INSERT INTO pages_waiting
SELECT d.id FROM documents d WHERE d.error_kind IS NULL AND d.id NOT IN (SELECT document FROM page_terms)
EXCEPT SELECT document FROM pages_waiting;

INSERT INTO incident_reports_lost (incident)
SELECT i.incident FROM incidents i LEFT JOIN (SELECT incident, count(*) AS reports FROM incident_reports GROUP BY incident) r USING (incident)
WHERE i.withdrawn IS NULL AND i.reports <> coalesce(r.reports, 0);
