-- People, what they say, and what has still to be done in the PSA.
--
-- A commit writes every page that it changed, and a message is cheap or dear by how many those are.
-- So conversations and senders have small numbers, by which messages and entries name them: a
-- message goes to the end of its table and into two narrow indexes.

CREATE TABLE person (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    company TEXT NOT NULL DEFAULT '',
    psa_contact INTEGER NOT NULL DEFAULT 0,
    psa_customer INTEGER NOT NULL DEFAULT 0,
    created_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A browser, known by the hash of the token it keeps.
CREATE TABLE visitor (
    token_hash BLOB NOT NULL PRIMARY KEY CHECK (length(token_hash) = 32),
    person BLOB NOT NULL REFERENCES person (id),
    created_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- n: what the rows below call it; id: what the world does.
CREATE TABLE conversation (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    reference TEXT NOT NULL UNIQUE,
    person BLOB NOT NULL REFERENCES person (id),
    subject TEXT NOT NULL,
    open INTEGER NOT NULL CHECK (open IN (0, 1)),
    last_seq INTEGER NOT NULL,
    last_at_ms INTEGER NOT NULL,
    waiting_since_ms INTEGER NOT NULL,
    created_ms INTEGER NOT NULL,
    account TEXT NOT NULL DEFAULT '',
    ticket_id INTEGER NOT NULL DEFAULT 0,
    ticket_number TEXT NOT NULL DEFAULT '',
    ticket_status TEXT NOT NULL DEFAULT '',
    ticket_priority TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX conversation_person ON conversation (person, created_ms);
CREATE INDEX conversation_open ON conversation (waiting_since_ms) WHERE open = 1;
CREATE INDEX conversation_ticket ON conversation (ticket_id, account) WHERE ticket_id <> 0;

-- state: 1 waiting, 2 in doubt, 3 parked, 4 done. head marks the first unfinished entry of a
-- conversation; author is that of the messages (0 for a ticket update), messages and bytes are
-- their count and the size of their bodies; in_doubt outlives parking.
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation INTEGER NOT NULL REFERENCES conversation (n),
    kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 3),
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
    payload TEXT NOT NULL
) STRICT;

CREATE INDEX outbox_conversation ON outbox (conversation, id);
CREATE UNIQUE INDEX outbox_head ON outbox (conversation) WHERE head = 1;
CREATE INDEX outbox_due ON outbox (next_at_ms) WHERE head = 1 AND state < 3;
CREATE INDEX outbox_open ON outbox (state) WHERE state < 4;
CREATE UNIQUE INDEX outbox_act ON outbox (sender, client_id) WHERE client_id IS NOT NULL;

-- Who says something: "v:" and the hash of a browser, "s:" and a name, "psa:" and an account.
CREATE TABLE sender (
    n INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

-- author: 1 person, 2 staff, 3 note, 4 event. outbox: the entry that carries it, 0 for none.
CREATE TABLE message (
    conversation INTEGER NOT NULL REFERENCES conversation (n),
    seq INTEGER NOT NULL CHECK (seq > 0),
    id BLOB NOT NULL CHECK (length(id) = 16),
    author INTEGER NOT NULL CHECK (author BETWEEN 1 AND 4),
    name TEXT NOT NULL,
    sender INTEGER NOT NULL REFERENCES sender (n),
    client_id TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    outbox INTEGER NOT NULL DEFAULT 0,
    psa_comment_id INTEGER NOT NULL DEFAULT 0,
    body TEXT NOT NULL,
    PRIMARY KEY (conversation, seq),
    UNIQUE (sender, client_id)
) STRICT;

CREATE INDEX message_comment ON message (conversation, psa_comment_id) WHERE psa_comment_id <> 0;
