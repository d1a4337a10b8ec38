-- Times are Unix time in milliseconds, money is whole micro-dollars, flags are 0 and 1. The same for SQLite and PostgreSQL.

CREATE TABLE camelback_request (
    id            TEXT PRIMARY KEY,
    at            BIGINT NOT NULL,
    request_id    TEXT NOT NULL,
    endpoint          TEXT NOT NULL,
    client_key    TEXT,
    asked         TEXT,
    chain         TEXT,
    first_link    TEXT,
    deployment    TEXT,
    layer         TEXT,
    task          TEXT,
    complexity    INTEGER,
    status        INTEGER NOT NULL,
    error         TEXT,
    streamed      INTEGER NOT NULL,
    took_ms       BIGINT NOT NULL,
    attempts      INTEGER NOT NULL,
    degraded      TEXT,
    micro_dollars BIGINT,
    revision      INTEGER NOT NULL,
    gateway       TEXT NOT NULL
);
CREATE INDEX camelback_request_at ON camelback_request (at);
CREATE INDEX camelback_request_by_id ON camelback_request (request_id);

CREATE TABLE camelback_attempt (
    id                 TEXT PRIMARY KEY,
    at                 BIGINT NOT NULL,
    request_id         TEXT NOT NULL,
    client_key         TEXT,
    chain              TEXT,
    deployment         TEXT NOT NULL,
    layer              TEXT,
    task               TEXT,
    complexity         INTEGER,
    outcome            TEXT NOT NULL,
    why                TEXT,
    failure            TEXT,
    status             INTEGER NOT NULL,
    started_after_ms   BIGINT,
    first_token_ms     BIGINT,
    took_ms            BIGINT NOT NULL,
    input_tokens       BIGINT,
    cached_tokens      BIGINT,
    cache_write_tokens BIGINT,
    output_tokens      BIGINT,
    reasoning_tokens   BIGINT,
    estimated          INTEGER NOT NULL,
    micro_dollars      BIGINT,
    revision           INTEGER NOT NULL,
    gateway            TEXT NOT NULL
);
CREATE INDEX camelback_attempt_at ON camelback_attempt (at);
CREATE INDEX camelback_attempt_by_id ON camelback_attempt (request_id);

-- What a budget has spent and put aside in one of its windows.
CREATE TABLE camelback_budget (
    budget   TEXT NOT NULL,
    starts   BIGINT NOT NULL,
    ends     BIGINT NOT NULL,
    settled  BIGINT NOT NULL,
    reserved BIGINT NOT NULL,
    PRIMARY KEY (budget, starts)
);

-- What an attempt under way may cost at most, from before its first byte goes out until it is settled.
CREATE TABLE camelback_reservation (
    id            TEXT PRIMARY KEY,
    gateway       TEXT NOT NULL,
    at            BIGINT NOT NULL,
    request_id    TEXT NOT NULL,
    client_key    TEXT,
    chain         TEXT,
    deployment    TEXT NOT NULL,
    layer         TEXT,
    task          TEXT,
    complexity    INTEGER,
    micro_dollars BIGINT NOT NULL,
    windows       TEXT NOT NULL,
    revision      INTEGER NOT NULL
);
CREATE INDEX camelback_reservation_by_gateway ON camelback_reservation (gateway);

-- The gateways that write here, and when each was last alive.
CREATE TABLE camelback_gateway (
    gateway TEXT PRIMARY KEY,
    seen    BIGINT NOT NULL
);

-- What only one of the gateways may do, by the first that says so.
CREATE TABLE camelback_claim (
    name    TEXT PRIMARY KEY,
    gateway TEXT NOT NULL,
    at      BIGINT NOT NULL
);

-- Answers that may be given again when no model can answer. The key is a hash of the client key, the chain and the request.
CREATE TABLE camelback_answer (
    request_key TEXT PRIMARY KEY,
    model       TEXT,
    texts       TEXT NOT NULL,
    given_at    BIGINT NOT NULL
);
CREATE INDEX camelback_answer_by_age ON camelback_answer (given_at);
