-- What a technician reads and sets of a ticket without opening the PSA.

-- assignee_id: the PSA's own id of who works on it, 0 for nobody. due_ms: 0 for not said. A ticket
-- that was known before tells of them with its next change.
ALTER TABLE ticket ADD COLUMN issue_type TEXT NOT NULL DEFAULT '';
ALTER TABLE ticket ADD COLUMN assignee_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN due_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN issue_type TEXT NOT NULL DEFAULT '';
ALTER TABLE conversation ADD COLUMN assignee_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN due_ms INTEGER NOT NULL DEFAULT 0;

-- Who was seen to work on tickets: where the PSA does not list its users, they are who can be
-- chosen.
CREATE TABLE psa_user (
    account TEXT NOT NULL,
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;

-- conflict: what somebody in the PSA changed before this change of ours was sent, as JSON, until
-- staff have decided.
ALTER TABLE outbox ADD COLUMN conflict TEXT NOT NULL DEFAULT '';
CREATE INDEX outbox_change ON outbox (conversation, id) WHERE kind = 3 AND state < 4;
CREATE INDEX outbox_conflict ON outbox (conversation) WHERE conflict <> '';

-- Its ticket was there before somebody attached it: until this moment, by the PSA's clock. What was
-- said in it until then is history, and private where the PSA does not say that it is its person's.
-- no_ticket: 2 means that nothing begins a new one by itself.
ALTER TABLE conversation ADD COLUMN attached_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN attached_private INTEGER NOT NULL DEFAULT 0;
-- A note whatever the PSA says.
ALTER TABLE message ADD COLUMN psa_private INTEGER NOT NULL DEFAULT 0;
