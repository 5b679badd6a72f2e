-- The console's door: links that open it once, and the sessions they make.

CREATE TABLE console_link (
    hash BLOB NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    name TEXT NOT NULL,
    expires_ms INTEGER NOT NULL,
    used_ms INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE console_session (
    hash BLOB NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    name TEXT NOT NULL,
    expires_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
