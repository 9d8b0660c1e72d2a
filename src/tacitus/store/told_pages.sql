-- Everybody who is named, and who says what; pages as lists show them. The names in braces are tables that hold the pages to tell of, or all.

INSERT INTO everybody
SELECT (SELECT coalesce(max(who), 0) FROM everybody) + row_number() OVER (ORDER BY key), key, name, kind, country, sectors, code, reference,
    coalesce(country, code, lower(name)), 0
FROM (
    SELECT key, unnest(any_value(facts)) FROM (
        SELECT struct_pack(name, kind, country, sectors, code, reference) AS facts, md5_number_lower(to_json(facts)::VARCHAR) AS key
        FROM {actors}
    ) f WHERE NOT EXISTS (SELECT 1 FROM everybody k WHERE k.key = f.key) GROUP BY key
);

CREATE OR REPLACE {temporary} TABLE {actors} AS
SELECT a.* EXCLUDE (key) REPLACE (k.who AS who)
FROM (
    SELECT *, md5_number_lower(to_json(struct_pack(name, kind, country, sectors, code, reference))::VARCHAR) AS key FROM {actors}
) a JOIN everybody k USING (key);

UPDATE everybody SET documents = everybody.documents + n.documents
FROM (SELECT who, count(DISTINCT document) AS documents FROM {actors} GROUP BY who) n WHERE n.who = everybody.who;

CREATE OR REPLACE {temporary} TABLE {claims} AS
SELECT c.* REPLACE (a.who AS who, d.published_day AS day, s."start" AS sentence_start, s."end" AS sentence_end)
FROM {claims} c JOIN {documents} d ON d.id = c.document LEFT JOIN {actors} a ON a.document = c.document AND a.actor = c.speaker
LEFT JOIN {sentences} s ON s.document = c.document AND s.sentence = c.sentence
ORDER BY d.published_day NULLS LAST, c.document, c.sentence, c.cue_start, c.claim;

INSERT INTO pages
SELECT id, published_day, title, publisher, url, byline, flags, error_kind, error_message,
    strlen(text) - strlen(replace(replace(text, ' ', ''), chr(10), '')) + (strlen(trim(text)) > 0)::INTEGER
FROM {documents} ORDER BY published_day NULLS LAST, id;
