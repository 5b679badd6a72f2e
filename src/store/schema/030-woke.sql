-- When the conversation woke last; 0: never. Nobody was to answer before that.
ALTER TABLE conversation ADD COLUMN woke_ms INTEGER NOT NULL DEFAULT 0;
