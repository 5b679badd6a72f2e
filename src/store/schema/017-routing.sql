-- What the house does by itself as time passes.

-- For which opening its person was told that nobody is there; 0: never.
ALTER TABLE conversation ADD COLUMN away_ms INTEGER NOT NULL DEFAULT 0;
-- The waiting (waiting_since_ms) that others were told of because nobody answered; 0: none.
ALTER TABLE conversation ADD COLUMN escalated_ms INTEGER NOT NULL DEFAULT 0;

-- Further kinds of letters: 4 nobody has answered a conversation (to who shall hear of that). What
-- more kinds there are is said in store/mail.h from here on.
CREATE TABLE mail_new (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 99),
    state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 6),
    key BLOB NOT NULL UNIQUE CHECK (length(key) = 16),
    address TEXT NOT NULL,
    sealed TEXT NOT NULL DEFAULT '',
    person BLOB REFERENCES person (id),
    conversation INTEGER REFERENCES conversation (n),
    seq_from INTEGER NOT NULL DEFAULT 0,
    seq_to INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_at_ms INTEGER NOT NULL,
    created_ms INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL DEFAULT 0,
    finished_ms INTEGER NOT NULL DEFAULT 0,
    reason TEXT NOT NULL DEFAULT ''
) STRICT;

INSERT INTO mail_new SELECT id, kind, state, key, address, sealed, person, conversation, seq_from,
seq_to, attempts, next_at_ms, created_ms, expires_ms, finished_ms, reason FROM mail;
DELETE FROM sqlite_sequence WHERE name = 'mail_new';
INSERT INTO sqlite_sequence (name, seq) SELECT 'mail_new', seq FROM sqlite_sequence
WHERE name = 'mail';
DROP TABLE mail;
ALTER TABLE mail_new RENAME TO mail;

CREATE INDEX mail_due ON mail (next_at_ms) WHERE state < 3;
CREATE INDEX mail_parked ON mail (id) WHERE state = 4;
CREATE INDEX mail_finished ON mail (finished_ms) WHERE finished_ms <> 0;
CREATE INDEX mail_person ON mail (person) WHERE person IS NOT NULL;
CREATE INDEX mail_conversation ON mail (conversation) WHERE conversation IS NOT NULL;
CREATE UNIQUE INDEX mail_burst ON mail (conversation) WHERE kind = 2 AND state = 1 AND attempts = 0;
