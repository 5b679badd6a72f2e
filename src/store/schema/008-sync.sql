-- What comes back from the PSA.

-- sync_due: its ticket has changed since its comments were read.
ALTER TABLE conversation ADD COLUMN sync_due INTEGER NOT NULL DEFAULT 0;
CREATE INDEX conversation_sync ON conversation (account) WHERE sync_due = 1;

-- Who the ticket is for, by name.
ALTER TABLE ticket ADD COLUMN contact_name TEXT NOT NULL DEFAULT '';

-- Its comment is not in the PSA any more.
ALTER TABLE message ADD COLUMN psa_gone INTEGER NOT NULL DEFAULT 0;

-- When its ticket was asked for by itself last: no poll tells of one that is gone.
ALTER TABLE conversation ADD COLUMN checked_ms INTEGER NOT NULL DEFAULT 0;
CREATE INDEX conversation_checked ON conversation (account, checked_ms)
WHERE open = 1 AND ticket_id <> 0;
