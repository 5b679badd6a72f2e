-- Canned replies: what staff say often, kept under a short name.

-- owner: whose it is; NULL: everybody's.
CREATE TABLE canned (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    owner BLOB REFERENCES staff (id) ON DELETE CASCADE,
    shortcut TEXT NOT NULL,
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    changed_ms INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX canned_own ON canned (owner, shortcut) WHERE owner IS NOT NULL;
CREATE UNIQUE INDEX canned_shared ON canned (shortcut) WHERE owner IS NULL;
