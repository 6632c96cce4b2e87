-- What signing in needs. Tokens and codes are here as keyed hashes only; columns called `sealed` are encrypted under a key derived from the master key.
-- An empty text stands for nothing.

CREATE TABLE account (
    user_id    TEXT   NOT NULL PRIMARY KEY,
    sealed     {bytes},
    failed     BIGINT NOT NULL,
    wait_until TEXT   NOT NULL
);

-- What a user proves with: passkeys, an authenticator app, recovery codes, whom an issuer says they are.
CREATE TABLE credential (
    id         TEXT   NOT NULL PRIMARY KEY,
    user_id    TEXT   NOT NULL,
    kind       TEXT   NOT NULL,
    look_up    {bytes} NOT NULL,
    sealed     {bytes} NOT NULL,
    counter    BIGINT NOT NULL,
    created_at TEXT   NOT NULL,
    used_at    TEXT   NOT NULL,
    UNIQUE (kind, look_up)
);
CREATE INDEX credential_of_user ON credential (user_id, kind);

CREATE TABLE session (
    id            TEXT   NOT NULL PRIMARY KEY,
    hash          {bytes} NOT NULL UNIQUE,
    user_id       TEXT   NOT NULL,
    organisation  TEXT   NOT NULL,
    how           TEXT   NOT NULL,
    second_factor BIGINT NOT NULL,
    locked        BIGINT NOT NULL,
    created_at    TEXT   NOT NULL,
    proved_at     TEXT   NOT NULL,
    last_seen     TEXT   NOT NULL,
    expires_at    TEXT   NOT NULL
);
CREATE INDEX session_of_user ON session (user_id);

-- One-time links with which a user chooses a password: at first, or anew.
CREATE TABLE setup (
    hash       {bytes} NOT NULL PRIMARY KEY,
    user_id    TEXT NOT NULL,
    why        TEXT NOT NULL,
    expires_at TEXT NOT NULL
);

-- Between leaving for an issuer and coming back.
CREATE TABLE oidc_state (
    hash       {bytes} NOT NULL PRIMARY KEY,
    sealed     {bytes} NOT NULL,
    expires_at TEXT NOT NULL
);

-- Links of patients.
CREATE TABLE link (
    id           TEXT   NOT NULL PRIMARY KEY,
    hash         {bytes} NOT NULL UNIQUE,
    kind         TEXT   NOT NULL,
    patient      TEXT   NOT NULL,
    assignment   TEXT   NOT NULL,
    tries        BIGINT NOT NULL,
    created_at   TEXT   NOT NULL,
    expires_at   TEXT   NOT NULL,
    opened_at    TEXT   NOT NULL,
    submitted_at TEXT   NOT NULL,
    revoked_at   TEXT   NOT NULL
);
CREATE INDEX link_of_patient ON link (patient);

CREATE TABLE link_session (
    hash       {bytes} NOT NULL PRIMARY KEY,
    link       TEXT NOT NULL,
    expires_at TEXT NOT NULL
);

CREATE TABLE email_code (
    link       TEXT   NOT NULL PRIMARY KEY,
    hash       {bytes} NOT NULL,
    tries      BIGINT NOT NULL,
    expires_at TEXT   NOT NULL
);

-- Answers of a patient that are not sent in yet; sealed with the patient's key.
CREATE TABLE draft (
    patient    TEXT   NOT NULL,
    assignment TEXT   NOT NULL,
    version    BIGINT NOT NULL,
    body       {bytes} NOT NULL,
    changed_at TEXT   NOT NULL,
    PRIMARY KEY (patient, assignment)
);
