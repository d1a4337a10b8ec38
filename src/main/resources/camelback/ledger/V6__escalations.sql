-- A request that came to a further layer of its chain, and why.
CREATE TABLE camelback_escalation (
    id         TEXT PRIMARY KEY,
    at         BIGINT NOT NULL,
    request_id TEXT NOT NULL,
    chain      TEXT,
    layer      TEXT NOT NULL,
    cause      TEXT NOT NULL,
    revision   INTEGER NOT NULL,
    gateway    TEXT NOT NULL
);
CREATE INDEX camelback_escalation_at ON camelback_escalation (at);
