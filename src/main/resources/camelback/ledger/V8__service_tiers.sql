-- What an attempt's price rests on beside its tokens: the service tier or speed that served, in the provider's word (null when
-- it told none and none was asked); of the tokens written to the prompt cache, those that are kept for an hour; how many calls of its own
-- tools the provider has billed; and the other models that it let answer, which are paid for at their own prices.
ALTER TABLE camelback_attempt ADD COLUMN service_tier TEXT;
ALTER TABLE camelback_attempt ADD COLUMN cache_write_1h_tokens BIGINT;
ALTER TABLE camelback_attempt ADD COLUMN tool_calls BIGINT;
ALTER TABLE camelback_attempt ADD COLUMN other_models TEXT;
