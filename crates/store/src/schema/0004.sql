-- Reminders of what patients were asked to answer: the link and the message of each.
CREATE TABLE reminder (
    episode    TEXT   NOT NULL,
    assignment TEXT   NOT NULL,
    nth        BIGINT NOT NULL,
    patient    TEXT   NOT NULL,
    link       TEXT   NOT NULL,
    message    BIGINT NOT NULL,
    planned_at TEXT   NOT NULL,
    PRIMARY KEY (episode, assignment, nth)
);
CREATE INDEX reminder_patient ON reminder (patient);

-- Addresses that a mail server refused for good: a keyed hash of each.
CREATE TABLE unreachable (
    address {bytes} NOT NULL PRIMARY KEY,
    since   TEXT NOT NULL
);
