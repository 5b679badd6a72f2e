-- What staff are writing, how far each has read, and who was named in a note.

-- box: 1 reply, 2 note.
CREATE TABLE draft (
    staff BLOB NOT NULL REFERENCES staff (id),
    conversation INTEGER NOT NULL REFERENCES conversation (n),
    box INTEGER NOT NULL,
    text TEXT NOT NULL,
    changed_ms INTEGER NOT NULL,
    PRIMARY KEY (staff, conversation, box)
) STRICT, WITHOUT ROWID;

CREATE TABLE staff_read (
    staff BLOB NOT NULL REFERENCES staff (id),
    conversation INTEGER NOT NULL REFERENCES conversation (n),
    seq INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (staff, conversation)
) STRICT, WITHOUT ROWID;

CREATE TABLE mention (
    staff BLOB NOT NULL REFERENCES staff (id),
    conversation INTEGER NOT NULL REFERENCES conversation (n),
    seq INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (staff, conversation, seq)
) STRICT, WITHOUT ROWID;

-- What is opened again goes on by itself.
CREATE TRIGGER conversation_unmerged AFTER UPDATE OF open ON conversation
WHEN NEW.open = 1 AND NEW.merged <> 0
BEGIN
UPDATE conversation SET merged = 0 WHERE n = NEW.n;
END;
