-- Whether the request went out twice because the first connection was dead, and whether the provider may bill more than is known:
-- it had the request and was left before it told what it used.
ALTER TABLE camelback_attempt ADD COLUMN resent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE camelback_attempt ADD COLUMN possibly_billed INTEGER NOT NULL DEFAULT 0;
