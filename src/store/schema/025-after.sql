-- What comes after a conversation: what its person says of it, and a letter with what was said.

-- One for each conversation. staff: who had it when it was rated; NULL: nobody. at_ms: when it was
-- rated first; changing that later leaves it as it is.
CREATE TABLE rating (
    conversation INTEGER PRIMARY KEY REFERENCES conversation (n),
    score INTEGER NOT NULL CHECK (score BETWEEN 1 AND 5),
    comment TEXT NOT NULL DEFAULT '',
    at_ms INTEGER NOT NULL,
    staff BLOB REFERENCES staff (id)
) STRICT;

-- One letter with a transcript (kind 5) at a time.
CREATE UNIQUE INDEX mail_transcript ON mail (conversation) WHERE kind = 5 AND state < 3;
