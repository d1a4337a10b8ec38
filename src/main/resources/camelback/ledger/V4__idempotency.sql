-- Requests with an Idempotency-Key, and what they were answered. request_key is a hash of it and of the client key's id. A row
-- without a status is a request under way; one with a status and no body was answered with more than is kept.
CREATE TABLE camelback_reply (
    request_key TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    token       TEXT NOT NULL,
    gateway     TEXT NOT NULL,
    expires     BIGINT NOT NULL,
    request_id  TEXT,
    at          BIGINT,
    status      INTEGER,
    type        TEXT,
    headers     TEXT,
    body        BYTEA
);
CREATE INDEX camelback_reply_by_expiry ON camelback_reply (expires);

-- Requests that were not run, because the answer to an earlier one was given again.
CREATE TABLE camelback_replay (
    id         TEXT PRIMARY KEY,
    at         BIGINT NOT NULL,
    request_id TEXT NOT NULL,
    replay_of  TEXT NOT NULL,
    endpoint       TEXT NOT NULL,
    client_key TEXT,
    chain      TEXT,
    deployment TEXT,
    status     INTEGER NOT NULL,
    revision   INTEGER NOT NULL,
    gateway    TEXT NOT NULL
);
CREATE INDEX camelback_replay_at ON camelback_replay (at);
