-- The words of all messages, for staff who search. Made behind the messages, not with them: see
-- ops_search.c. A row is called conversation << 20 | seq, for the rowid of a message is nobody's
-- promise. It keeps no texts, so what changes is taken out by its old words.

CREATE VIRTUAL TABLE message_words USING fts5(words, content='', columnsize=0, detail=none,
prefix='3 4', tokenize="unicode61 remove_diacritics 2");

-- The words themselves.
CREATE VIRTUAL TABLE message_vocabulary USING fts5vocab(message_words, instance);

-- How far it is: all messages up to the rowid `done`, which is that of (conversation, seq).
-- cleaning: words of erased people may still lie in old parts of the index.
CREATE TABLE search_state (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    done INTEGER NOT NULL,
    conversation INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    cleaning INTEGER NOT NULL CHECK (cleaning IN (0, 1, 2))
) STRICT, WITHOUT ROWID;

INSERT INTO search_state VALUES (1, 0, 0, 0, 0);

-- What can be found, and by which words: not what tells of acts, and no events.
CREATE VIEW message_to_find AS
SELECT m.rowid AS at, m.conversation << 20 | m.seq AS name, m.conversation, m.seq,
iif(m.seq = 1, c.subject || ' ', '') || m.name || ' ' || m.body AS words
FROM message m CROSS JOIN conversation c ON c.n = m.conversation
CROSS JOIN sender s ON s.n = m.sender
WHERE m.author <> 4 AND m.seq < 1048576 AND s.name NOT LIKE 'desk:%';

-- What was changed since it was taken up, as it was then. It is not found until the index has
-- followed. (SQLite lets no trigger write into an index where schemas are not trusted.)
CREATE TABLE search_old (
    name INTEGER NOT NULL PRIMARY KEY,
    words TEXT NOT NULL
) STRICT;

CREATE TRIGGER message_changed BEFORE UPDATE OF body, name, author ON message
WHEN OLD.rowid <= (SELECT done FROM search_state) AND
(OLD.body <> NEW.body OR OLD.name <> NEW.name OR (OLD.author = 4) <> (NEW.author = 4))
BEGIN
INSERT INTO search_old (name, words) SELECT f.name, f.words FROM message_to_find f
WHERE f.conversation = OLD.conversation AND f.seq = OLD.seq AND
NOT EXISTS (SELECT 1 FROM search_old o WHERE o.name = f.name);
END;

-- An event that becomes something else was not taken up before.
CREATE TRIGGER message_appeared AFTER UPDATE OF author ON message
WHEN OLD.author = 4 AND NEW.author <> 4 AND OLD.rowid <= (SELECT done FROM search_state)
BEGIN
INSERT INTO search_old (name, words) SELECT f.name, '' FROM message_to_find f
WHERE f.conversation = NEW.conversation AND f.seq = NEW.seq AND
NOT EXISTS (SELECT 1 FROM search_old o WHERE o.name = f.name);
END;

CREATE TRIGGER message_removed BEFORE DELETE ON message
WHEN OLD.rowid <= (SELECT done FROM search_state)
BEGIN
INSERT INTO search_old (name, words) SELECT f.name, f.words FROM message_to_find f
WHERE f.conversation = OLD.conversation AND f.seq = OLD.seq AND
NOT EXISTS (SELECT 1 FROM search_old o WHERE o.name = f.name);
END;

-- The rowid of the last message is used again when it is deleted.
CREATE TRIGGER message_last_removed AFTER DELETE ON message
WHEN OLD.rowid = (SELECT done FROM search_state)
BEGIN
UPDATE search_state SET (done, conversation, seq) = (SELECT coalesce(max(m.rowid), 0),
coalesce(max(m.conversation), 0), coalesce(max(m.seq), 0) FROM (SELECT rowid, conversation, seq
FROM message WHERE rowid < OLD.rowid ORDER BY rowid DESC LIMIT 1) m);
END;

CREATE TRIGGER subject_changed BEFORE UPDATE OF subject ON conversation
WHEN OLD.subject <> NEW.subject
BEGIN
INSERT INTO search_old (name, words) SELECT f.name, f.words FROM message_to_find f
WHERE f.conversation = OLD.n AND f.seq = 1 AND f.at <= (SELECT done FROM search_state) AND
NOT EXISTS (SELECT 1 FROM search_old o WHERE o.name = f.name);
END;

CREATE TRIGGER person_words_erased AFTER UPDATE OF erased_ms ON person
WHEN NEW.erased_ms <> 0 AND OLD.erased_ms = 0
BEGIN
UPDATE search_state SET cleaning = 1;
END;

-- People say the number of a ticket.
CREATE INDEX conversation_number ON conversation (ticket_number) WHERE ticket_number <> '';
