-- The keys that callers come with. Of the key itself only its SHA-256 is kept; a key that was revoked stays, for the ledger.
CREATE TABLE camelback_key (
    id       TEXT PRIMARY KEY,
    hash     TEXT NOT NULL UNIQUE,
    name     TEXT NOT NULL,
    created  BIGINT NOT NULL,
    revoked  BIGINT,
    settings TEXT NOT NULL
);
