-- What staff do with a conversation, and what each of them chose.

ALTER TABLE conversation ADD COLUMN staff BLOB REFERENCES staff (id); -- who has it; NULL: nobody
ALTER TABLE conversation ADD COLUMN snoozed_ms INTEGER NOT NULL DEFAULT 0; -- asleep until then
ALTER TABLE conversation ADD COLUMN closed_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN answered_ms INTEGER NOT NULL DEFAULT 0; -- first reply of staff
ALTER TABLE conversation ADD COLUMN merged INTEGER NOT NULL DEFAULT 0; -- into the one with this n

UPDATE conversation SET closed_ms = last_at_ms WHERE open = 0;
UPDATE conversation SET answered_ms = coalesce((SELECT m.created_ms FROM message m
WHERE m.conversation = conversation.n AND m.author = 2 ORDER BY m.seq LIMIT 1), 0)
WHERE adopted = 0;

CREATE INDEX conversation_staff ON conversation (staff) WHERE open = 1 AND staff IS NOT NULL;
CREATE INDEX conversation_snoozed ON conversation (snoozed_ms) WHERE snoozed_ms <> 0;
CREATE INDEX conversation_closed ON conversation (closed_ms) WHERE open = 0;

-- Whatever opens or closes it; what is said of that stands before.
CREATE TRIGGER conversation_opened AFTER UPDATE OF open ON conversation
WHEN NEW.open <> OLD.open
BEGIN
UPDATE conversation SET closed_ms = iif(NEW.open, 0, NEW.last_at_ms), snoozed_ms = 0
WHERE n = NEW.n;
END;

CREATE TABLE conversation_tag (
    conversation INTEGER NOT NULL REFERENCES conversation (n),
    tag TEXT NOT NULL COLLATE NOCASE,
    PRIMARY KEY (conversation, tag)
) STRICT, WITHOUT ROWID;

CREATE INDEX conversation_by_tag ON conversation_tag (tag, conversation);

CREATE TABLE staff_setting (
    staff BLOB NOT NULL REFERENCES staff (id),
    key TEXT NOT NULL,
    text TEXT NOT NULL,
    changed_ms INTEGER NOT NULL,
    PRIMARY KEY (staff, key)
) STRICT, WITHOUT ROWID;
