-- Files that people and staff send. The bytes lie in the data folder under a random name (path);
-- what they are is only here.

-- sender: whose they are until they are part of a message. got: bytes that are on the disk for
-- certain. sha256, type, width, height: once all are. conversation: NULL while it has none; seq: of
-- the message, 0 before; place: within it.
CREATE TABLE file (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    path TEXT NOT NULL UNIQUE,
    sender TEXT NOT NULL,
    client_id TEXT NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL DEFAULT '',
    size INTEGER NOT NULL CHECK (size > 0),
    got INTEGER NOT NULL DEFAULT 0 CHECK (got BETWEEN 0 AND size),
    sha256 TEXT NOT NULL DEFAULT '',
    width INTEGER NOT NULL DEFAULT 0,
    height INTEGER NOT NULL DEFAULT 0,
    conversation INTEGER REFERENCES conversation (n),
    seq INTEGER NOT NULL DEFAULT 0,
    place INTEGER NOT NULL DEFAULT 0,
    created_ms INTEGER NOT NULL,
    UNIQUE (sender, client_id)
) STRICT;

CREATE INDEX file_message ON file (conversation, seq, place) WHERE seq <> 0;
CREATE INDEX file_loose ON file (created_ms) WHERE seq = 0;
CREATE INDEX file_size ON file (conversation, size);

-- Bytes that are still to be removed: their row is gone.
CREATE TABLE file_gone (
    path TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TRIGGER file_removed AFTER DELETE ON file
BEGIN INSERT INTO file_gone (path) VALUES (OLD.path); END;

-- An entry of a fourth kind offers the files of a message to the PSA. SQLite changes no CHECK, so
-- the table is made anew; nothing refers to it but by number. Numbers are never used again.
CREATE TABLE outbox_new (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation INTEGER NOT NULL REFERENCES conversation (n),
    kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 4),
    state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 4),
    head INTEGER NOT NULL CHECK (head IN (0, 1)),
    in_doubt INTEGER NOT NULL DEFAULT 0,
    interactive INTEGER NOT NULL,
    author INTEGER NOT NULL,
    seq_from INTEGER NOT NULL,
    seq_to INTEGER NOT NULL,
    messages INTEGER NOT NULL DEFAULT 0,
    bytes INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_at_ms INTEGER NOT NULL,
    sent_at_ms INTEGER NOT NULL DEFAULT 0,
    result_id INTEGER NOT NULL DEFAULT 0,
    created_ms INTEGER NOT NULL,
    finished_ms INTEGER NOT NULL DEFAULT 0,
    reason TEXT NOT NULL DEFAULT '',
    sender TEXT,
    client_id TEXT,
    payload TEXT NOT NULL,
    account TEXT NOT NULL DEFAULT '',
    given_up INTEGER NOT NULL DEFAULT 0
) STRICT;

INSERT INTO outbox_new SELECT id, conversation, kind, state, head, in_doubt, interactive, author,
seq_from, seq_to, messages, bytes, attempts, next_at_ms, sent_at_ms, result_id, created_ms,
finished_ms, reason, sender, client_id, payload, account, given_up FROM outbox;
DELETE FROM sqlite_sequence WHERE name = 'outbox_new';
INSERT INTO sqlite_sequence (name, seq) SELECT 'outbox_new', seq FROM sqlite_sequence
WHERE name = 'outbox';
DROP TABLE outbox;
ALTER TABLE outbox_new RENAME TO outbox;

CREATE INDEX outbox_conversation ON outbox (conversation, id);
CREATE UNIQUE INDEX outbox_head ON outbox (conversation) WHERE head = 1;
CREATE INDEX outbox_due ON outbox (next_at_ms) WHERE head = 1 AND state < 3;
CREATE INDEX outbox_open ON outbox (state) WHERE state < 4;
CREATE UNIQUE INDEX outbox_act ON outbox (sender, client_id) WHERE client_id IS NOT NULL;
