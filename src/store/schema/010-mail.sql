-- Letters to people. None keeps its text: that is written when it goes out, from what is here and
-- from the messages that it tells of.

-- kind: 1 a code that proves an address, 2 staff have answered, 3 a test by an administrator.
-- state: 1 waiting, 2 being sent, 3 sent, 4 parked, 5 expired, 6 dropped. key: names the letter for
-- ever, its Message-ID; a random id, or that of the first message it tells of. sealed: the code,
-- with a key outside the database; '' as soon as nothing can need it. person, conversation,
-- seq_from, seq_to: of an answer, for all that staff said within. expires_ms: 0 for never.
CREATE TABLE mail (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 3),
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

CREATE INDEX mail_due ON mail (next_at_ms) WHERE state < 3;
CREATE INDEX mail_parked ON mail (id) WHERE state = 4;
CREATE INDEX mail_finished ON mail (finished_ms) WHERE finished_ms <> 0;
CREATE INDEX mail_person ON mail (person) WHERE person IS NOT NULL;
CREATE INDEX mail_conversation ON mail (conversation) WHERE conversation IS NOT NULL;
-- The letter that what staff say next goes into: one that was never tried.
CREATE UNIQUE INDEX mail_burst ON mail (conversation) WHERE kind = 2 AND state = 1 AND attempts = 0;

-- How the server that runs now writes of answers: whether it has a mail server, how long an answer
-- waits for being read, and how long it does at most while more is said.
CREATE TABLE mail_rule (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    ready INTEGER NOT NULL,
    after_ms INTEGER NOT NULL,
    most_ms INTEGER NOT NULL
) STRICT;

INSERT INTO mail_rule (one, ready, after_ms, most_ms) VALUES (1, 0, 120000, 600000);
