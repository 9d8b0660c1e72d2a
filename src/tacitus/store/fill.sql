-- Fills the tables `fresh_…`, which are like those of the schema, from the table `batch` (document id, record as JSON). Statements are run
-- one after the other, split at the semicolon.

INSERT INTO fresh_sentences
SELECT id, index - 1, span.start, span."end"
FROM (
    SELECT id, unnest(spans) AS span, generate_subscripts(spans, 1) AS index
    FROM (SELECT id, from_json(record->'sentences', '[{"start":"INTEGER","end":"INTEGER"}]') AS spans FROM batch)
);

INSERT INTO fresh_actors
SELECT id, a.id, a.name, a.kind, a.country, a.sectors, a.code, a.reference, a.review, NULL
FROM (
    SELECT id, unnest(from_json(record->'actors', '[{"id":"VARCHAR","name":"VARCHAR","kind":"VARCHAR","country":"VARCHAR",
        "sectors":["VARCHAR"],"code":"VARCHAR","reference":"VARCHAR","review":"VARCHAR"}]')) AS a
    FROM batch
);

INSERT INTO fresh_mentions
SELECT id, a.id, m.start, m."end", m.kind
FROM (
    SELECT id, a, unnest(a.mentions) AS m
    FROM (
        SELECT id, unnest(from_json(record->'actors', '[{"id":"VARCHAR",
            "mentions":[{"start":"INTEGER","end":"INTEGER","kind":"VARCHAR"}]}]')) AS a
        FROM batch
    )
);

INSERT INTO fresh_events
SELECT id, e.id, e.type, e.mode, e.contexts, e.status, e.claim, e.sentence, e.trigger.start, e.trigger."end",
    TRY_CAST(e.date."from" AS DATE), TRY_CAST(e.date."to" AS DATE), e.date.basis, e.place,
    e.dead.low, e.dead.high, e.injured.low, e.injured.high, e.size.low, e.size.high,
    e.score, e.quad, e.cameo, e.goldstein, e.confidence, e.because, e.review
FROM (
    SELECT id, unnest(from_json(record->'events', '[{"id":"VARCHAR","type":"VARCHAR","mode":"VARCHAR","contexts":["VARCHAR"],
        "status":"VARCHAR","claim":"VARCHAR","sentence":"INTEGER","trigger":{"start":"INTEGER","end":"INTEGER"},
        "date":{"from":"VARCHAR","to":"VARCHAR","basis":"VARCHAR"},"place":"INTEGER",
        "dead":{"low":"INTEGER","high":"INTEGER"},"injured":{"low":"INTEGER","high":"INTEGER"},"size":{"low":"INTEGER","high":"INTEGER"},
        "score":"DOUBLE","quad":"INTEGER","cameo":"VARCHAR","goldstein":"DOUBLE","confidence":"DOUBLE","because":["VARCHAR"],
        "review":"VARCHAR"}]')) AS e
    FROM batch
);

INSERT INTO fresh_participants
SELECT id, event, side, index - 1, p.actor, p.start, p."end"
FROM (
    SELECT id, event, side, unnest(parties) AS p, generate_subscripts(parties, 1) AS index
    FROM (
        SELECT id, e.id AS event, unnest(['actor', 'recipient']) AS side, unnest([e.actors, e.recipients]) AS parties
        FROM (
            SELECT id, unnest(from_json(record->'events', '[{"id":"VARCHAR",
                "actors":[{"actor":"VARCHAR","start":"INTEGER","end":"INTEGER"}],
                "recipients":[{"actor":"VARCHAR","start":"INTEGER","end":"INTEGER"}]}]')) AS e
            FROM batch
        )
    )
);

INSERT INTO fresh_claims
SELECT id, c.id, c.speaker, c.speaker_span.start, c.speaker_span."end", c.cue.start, c.cue."end", c.content, c.kind, c.sentence, c.embedded_in,
    c.stance, NULL, NULL, NULL, NULL
FROM (
    SELECT id, unnest(from_json(record->'claims', '[{"id":"VARCHAR","speaker":"VARCHAR",
        "speaker_span":{"start":"INTEGER","end":"INTEGER"},"cue":{"start":"INTEGER","end":"INTEGER"},
        "content":[{"start":"INTEGER","end":"INTEGER"}],"kind":"VARCHAR","sentence":"INTEGER","embedded_in":"VARCHAR",
        "stance":"VARCHAR"}]')) AS c
    FROM batch
);

INSERT INTO fresh_places
SELECT id, index - 1, p.start, p."end", p.name, p.geonameid, p.lat, p.lon, p.feature, p.country, p.admin1, p.score, p.review
FROM (
    SELECT id, unnest(places) AS p, generate_subscripts(places, 1) AS index
    FROM (
        SELECT id, from_json(record->'places', '[{"start":"INTEGER","end":"INTEGER","name":"VARCHAR","geonameid":"INTEGER",
            "lat":"DOUBLE","lon":"DOUBLE","feature":"VARCHAR","country":"VARCHAR","admin1":"VARCHAR","score":"DOUBLE",
            "review":"VARCHAR"}]') AS places
        FROM batch
    )
);

INSERT INTO fresh_times
SELECT id, t.start, t."end", t.kind, t.value, TRY_CAST(t."from" AS DATE), TRY_CAST(t."to" AS DATE)
FROM (
    SELECT id, unnest(from_json(record->'times', '[{"start":"INTEGER","end":"INTEGER","kind":"VARCHAR","value":"VARCHAR",
        "from":"VARCHAR","to":"VARCHAR"}]')) AS t
    FROM batch
);
