-- When the conversation woke last; 0: never. Nobody was to answer before that.
ALTER TABLE conversation ADD COLUMN woke_ms INTEGER NOT NULL DEFAULT 0;

-- The ticket's time, by the PSA's clock, after what was done; 0: it did not say.
ALTER TABLE outbox ADD COLUMN psa_ms INTEGER NOT NULL DEFAULT 0;
