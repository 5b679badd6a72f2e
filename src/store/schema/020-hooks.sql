-- For others to build on: webhooks that go out, what is still to be told, and keys for REST.

-- id: names the endpoint in the seal of its secret. events: their names, with a space around each.
-- ok_ms, bad_ms: when a delivery was last taken, and when one last was not; reason: of the latter.
CREATE TABLE hook (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    url TEXT NOT NULL,
    events TEXT NOT NULL,
    sealed TEXT NOT NULL,
    off INTEGER NOT NULL DEFAULT 0 CHECK (off IN (0, 1)),
    created_ms INTEGER NOT NULL,
    ok_ms INTEGER NOT NULL DEFAULT 0,
    bad_ms INTEGER NOT NULL DEFAULT 0,
    reason TEXT NOT NULL DEFAULT ''
) STRICT;

-- What is told is not kept: it is written when it goes out, from what is here then. conversation,
-- seq: what the event is about; 0 for none. at_ms: when it happened. state: 1 waiting, 2 being
-- sent, 3 taken, 4 given up. status: what the other side answered last; 0 for nothing.
CREATE TABLE delivery (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    hook INTEGER NOT NULL REFERENCES hook (n),
    event TEXT NOT NULL,
    conversation INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    state INTEGER NOT NULL DEFAULT 1 CHECK (state BETWEEN 1 AND 4),
    attempts INTEGER NOT NULL DEFAULT 0,
    next_at_ms INTEGER NOT NULL DEFAULT 0,
    status INTEGER NOT NULL DEFAULT 0,
    reason TEXT NOT NULL DEFAULT '',
    finished_ms INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX delivery_due ON delivery (hook, next_at_ms) WHERE state = 1;
CREATE INDEX delivery_sending ON delivery (n) WHERE state = 2;
CREATE INDEX delivery_of ON delivery (hook, n);
CREATE INDEX delivery_finished ON delivery (finished_ms) WHERE finished_ms <> 0;

-- Whatever makes these true, in the same transaction. With no endpoint they cost a look at an
-- empty table.
CREATE TRIGGER hook_created AFTER INSERT ON conversation
BEGIN
INSERT INTO delivery (hook, event, conversation, seq, at_ms)
SELECT n, 'conversation.created', NEW.n, NEW.last_seq, NEW.created_ms FROM hook
WHERE off = 0 AND instr(events, ' conversation.created ') > 0;
END;

-- Not what only says that something was done (its sender is desk:...).
CREATE TRIGGER hook_said AFTER INSERT ON message WHEN NEW.author <> 4
BEGIN
INSERT INTO delivery (hook, event, conversation, seq, at_ms)
SELECT h.n, iif(NEW.author = 3, 'note.created', 'message.created'), NEW.conversation, NEW.seq,
NEW.created_ms FROM hook h
WHERE h.off = 0 AND instr(h.events, iif(NEW.author = 3, ' note.created ', ' message.created ')) > 0
AND NOT EXISTS (SELECT 1 FROM sender s WHERE s.n = NEW.sender AND s.name GLOB 'desk:*');
END;

CREATE TRIGGER hook_assigned AFTER UPDATE OF staff ON conversation WHEN NEW.staff IS NOT OLD.staff
BEGIN
INSERT INTO delivery (hook, event, conversation, seq, at_ms)
SELECT n, 'conversation.assigned', NEW.n, NEW.last_seq, NEW.last_at_ms FROM hook
WHERE off = 0 AND instr(events, ' conversation.assigned ') > 0;
END;

CREATE TRIGGER hook_turned AFTER UPDATE OF open ON conversation WHEN NEW.open <> OLD.open
BEGIN
INSERT INTO delivery (hook, event, conversation, seq, at_ms)
SELECT n, iif(NEW.open, 'conversation.reopened', 'conversation.closed'), NEW.n, NEW.last_seq,
NEW.last_at_ms FROM hook
WHERE off = 0 AND instr(events, iif(NEW.open, ' conversation.reopened ',
' conversation.closed ')) > 0;
END;

CREATE TRIGGER hook_filed AFTER UPDATE OF ticket_id ON conversation
WHEN NEW.ticket_id <> 0 AND NEW.ticket_id <> OLD.ticket_id
BEGIN
INSERT INTO delivery (hook, event, conversation, seq, at_ms)
SELECT n, 'ticket.filed', NEW.n, NEW.last_seq, NEW.last_at_ms FROM hook
WHERE off = 0 AND instr(events, ' ticket.filed ') > 0;
END;

-- Programs of others that ask over REST. hash: of the key, which is told once; hint: its end.
-- rights: their names, with a space around each. used_ms, revoked_ms: 0 for never.
CREATE TABLE api_key (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    hint TEXT NOT NULL,
    name TEXT NOT NULL,
    rights TEXT NOT NULL,
    made_by TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    used_ms INTEGER NOT NULL DEFAULT 0,
    revoked_ms INTEGER NOT NULL DEFAULT 0
) STRICT;

-- What a key asked for under a name of its own, and what it was answered: asked again it is
-- answered so again. hash: of the whole request. status 0: not answered yet.
CREATE TABLE api_answer (
    key INTEGER NOT NULL REFERENCES api_key (n),
    name TEXT NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    status INTEGER NOT NULL DEFAULT 0,
    body TEXT NOT NULL DEFAULT '',
    created_ms INTEGER NOT NULL,
    PRIMARY KEY (key, name)
) STRICT, WITHOUT ROWID;

CREATE INDEX api_answer_old ON api_answer (created_ms);
