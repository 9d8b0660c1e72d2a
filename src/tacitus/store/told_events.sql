-- Events as they are told to readers, and who takes part in them, after `told_pages.sql`; the names in braces are tables or queries of those
-- that hold the pages to tell of, a part of all, or all.

CREATE OR REPLACE TEMP TABLE new_told AS
SELECT (SELECT coalesce(max(number), 0) FROM told) + row_number() OVER (ORDER BY day NULLS LAST, document, "start", event) AS number, *
FROM (
    SELECT e.document, e.event, e.type, e.mode, e.contexts, e.status, e.quad, e.score, e.goldstein, e.cameo, e.confidence, e.review,
        e.claim, c.who AS speaker, c.speaker AS speaker_actor, substr(e.text, c.speaker_start + 1, c.speaker_end - c.speaker_start),
        e.sentence, coalesce(substr(e.text, s."start" + 1, s."end" - s."start"), ''),
        substr(e.text, e."start" + 1, e."end" - e."start"), e."start",
        e.told_day AS day, coalesce(e.day_to, e.told_day), CASE WHEN e.told_day IS NOT NULL THEN coalesce(e.day_basis, 'published') END,
        p.name, p.country, p.lat, p.lon,
        e.dead_low, e.dead_high, e.injured_low, e.injured_high, e.size_low, e.size_high,
        e.title, e.publisher, e.url, e.published_day, r.incident,
        coalesce(o.original, list_filter(e.flags, x -> starts_with(x, 'duplicate-of:'))[1][14:]),
        list_transform(w.actors, x -> x.who) AS actors, list_transform(w.recipients, x -> x.who) AS recipients,
        list_transform(w.actors, x -> struct_pack(
            actor := x.actor, words := substr(e.text, x."start" + 1, x."end" - x."start"))) AS actor_words,
        list_transform(w.recipients, x -> struct_pack(
            actor := x.actor, words := substr(e.text, x."start" + 1, x."end" - x."start"))) AS recipient_words
    FROM (
        SELECT e.*, d.title, d.publisher, d.url, d.published_day, d.flags, d.text,
            coalesce(e.day_from, CASE WHEN e.status NOT IN ('habitual', 'historical') THEN d.published_day END) AS told_day
        FROM {events} e JOIN {documents} d ON d.id = e.document
    ) e
    LEFT JOIN {reports} r ON r.document = e.document AND r.event = e.event
    LEFT JOIN (SELECT document, any_value(original) AS original FROM {copies} GROUP BY document) o ON o.document = e.document
    LEFT JOIN {sentences} s ON s.document = e.document AND s.sentence = e.sentence
    LEFT JOIN {places} p ON p.document = e.document AND p.place = e.place
    LEFT JOIN {claims} c ON c.document = e.document AND c.claim = e.claim
    LEFT JOIN (
        SELECT document, event, list_sort(list(part) FILTER (side = 'actor')) AS actors,
            list_sort(list(part) FILTER (side = 'recipient')) AS recipients
        FROM (
            SELECT q.document, q.event, q.side, struct_pack(
                rank := q.rank, who := k.who, actor := q.actor, "start" := q."start", "end" := q."end") AS part
            FROM {participants} q JOIN {actors} k ON k.document = q.document AND k.actor = q.actor
        ) GROUP BY document, event
    ) w ON w.document = e.document AND w.event = e.event
);

INSERT INTO told FROM new_told ORDER BY number;

INSERT INTO parts
SELECT DISTINCT number, day, unnest(list_concat(actors, recipients)) AS who,
    unnest(list_transform(list_concat(actor_words, recipient_words), x -> x.actor)) AS actor
FROM new_told ORDER BY number, who;

DROP TABLE new_told;
