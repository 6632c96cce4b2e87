-- The front desk's diary, and what was refused to whom. Neither is made from events: a diary comes from another program and goes again, and a refusal changed nothing.
-- An empty text stands for nothing.

-- Appointments, as another program's diary tells them. Sealed with the key of the patient; while nobody knows whom a line means, under a key derived from the master key.
CREATE TABLE diary (
    id           TEXT   NOT NULL PRIMARY KEY,
    organisation TEXT   NOT NULL,
    day          TEXT   NOT NULL,
    patient      TEXT   NOT NULL,
    sealed       {bytes} NOT NULL,
    kept_at      TEXT   NOT NULL
);
CREATE INDEX diary_day ON diary (organisation, day);
CREATE INDEX diary_patient ON diary (patient);

CREATE TABLE refusal (
    id           TEXT   NOT NULL PRIMARY KEY,
    user_id      TEXT   NOT NULL,
    organisation TEXT   NOT NULL,
    method       TEXT   NOT NULL,
    route        TEXT   NOT NULL,
    patient      TEXT   NOT NULL,
    refused_at   TEXT   NOT NULL
);
CREATE INDEX refusal_at ON refusal (organisation, refused_at);

-- The audit asks by day.
CREATE INDEX event_at ON event (recorded_at);
