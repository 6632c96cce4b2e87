-- People who wrote to a clinic by its public page and are no patients yet. Sealed under a key derived from the master key; gone when they are registered, or after a month.
CREATE TABLE inquiry (
    id           TEXT   NOT NULL PRIMARY KEY,
    organisation TEXT   NOT NULL,
    sealed       {bytes} NOT NULL,
    sent_at      TEXT   NOT NULL
);
CREATE INDEX inquiry_sent ON inquiry (organisation, sent_at);
