-- Why a request went where it did, for as long as its rows are kept: what was planned when it came, as JSON; the ids
-- of its attempts' rows in their order, without the gateway they begin with; and what a provider said of its failure, without
-- anything that names an account or an address.
ALTER TABLE camelback_request ADD COLUMN plan TEXT;
ALTER TABLE camelback_request ADD COLUMN attempt_order TEXT;
ALTER TABLE camelback_attempt ADD COLUMN message TEXT;
ALTER TABLE camelback_escalation ADD COLUMN before_attempt INTEGER;
CREATE INDEX camelback_escalation_by_id ON camelback_escalation (request_id);
CREATE INDEX camelback_replay_by_id ON camelback_replay (request_id);
