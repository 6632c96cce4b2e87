-- The first schema. {bytes} becomes BLOB or BYTEA. Times are texts of one width (RFC 3339, UTC, microseconds), so that they sort.

CREATE TABLE event (
    position    BIGINT NOT NULL PRIMARY KEY,
    stream      TEXT   NOT NULL,
    version     BIGINT NOT NULL,
    person      TEXT   NOT NULL,
    kind        TEXT   NOT NULL,
    shape       BIGINT NOT NULL,
    actor       TEXT   NOT NULL,
    recorded_at TEXT   NOT NULL,
    body        {bytes} NOT NULL,
    hash        {bytes} NOT NULL,
    UNIQUE (stream, version)
);
CREATE INDEX event_of_person ON event (person, position);

-- Deleting a key is erasing a person: the row stays to say so.
CREATE TABLE person_key (
    person     TEXT NOT NULL PRIMARY KEY,
    sealed     {bytes},
    created_at TEXT NOT NULL,
    erased_at  TEXT
);

-- Answers to requests that may be repeated.
CREATE TABLE request (
    key         TEXT   NOT NULL PRIMARY KEY,
    fingerprint {bytes} NOT NULL,
    first       BIGINT NOT NULL,
    last        BIGINT NOT NULL
);

-- What was shown, each once for a person.
CREATE TABLE shown (
    person TEXT NOT NULL,
    hash   TEXT NOT NULL,
    body   {bytes} NOT NULL,
    PRIMARY KEY (person, hash)
);

-- Messages that must leave the house after the event that caused them is safe.
CREATE TABLE outbox (
    id        BIGINT NOT NULL PRIMARY KEY,
    person    TEXT   NOT NULL,
    topic     TEXT   NOT NULL,
    body      {bytes} NOT NULL,
    due_at    TEXT   NOT NULL,
    tries     BIGINT NOT NULL,
    trouble   TEXT,
    sent_at   TEXT
);
CREATE INDEX outbox_due ON outbox (sent_at, due_at);

CREATE TABLE checkpoint (
    day       TEXT   NOT NULL PRIMARY KEY,
    position  BIGINT NOT NULL,
    hash      {bytes} NOT NULL,
    signature {bytes} NOT NULL
);

CREATE TABLE projection (
    name  TEXT   NOT NULL PRIMARY KEY,
    shape BIGINT NOT NULL
);
