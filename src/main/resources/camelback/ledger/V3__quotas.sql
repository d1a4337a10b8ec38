-- How much of a quota is used in one of its windows, or in one of the sixty parts of a sliding one. A row that begins at -1 is
-- locked while the parts are added up; one that begins at -2 holds, as used, the end of the quota's cooldown.
CREATE TABLE camelback_quota (
    quota  TEXT NOT NULL,
    starts BIGINT NOT NULL,
    ends   BIGINT NOT NULL,
    used   BIGINT NOT NULL,
    PRIMARY KEY (quota, starts)
);
