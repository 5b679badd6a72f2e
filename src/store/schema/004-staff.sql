-- Who works here, how they come in, and what was done by whom. The links and sessions of before,
-- which knew no accounts, go.

DROP TABLE console_link;
DROP TABLE console_session;

-- email: in lower case. role: 1 administrator, 2 technician. password: argon2id as text, '' for
-- none. totp: the sealed secret, '' while there is no second step; totp_step: the last one that was
-- used up. seen_ms: 0 until they first came in.
CREATE TABLE staff (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    name TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE,
    role INTEGER NOT NULL CHECK (role IN (1, 2)),
    password TEXT NOT NULL DEFAULT '',
    totp TEXT NOT NULL DEFAULT '',
    totp_step INTEGER NOT NULL DEFAULT 0,
    disabled_ms INTEGER NOT NULL DEFAULT 0,
    created_ms INTEGER NOT NULL,
    seen_ms INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- A link that works once. kind: 1 setup (of nobody yet), 2 invite, 3 reset.
CREATE TABLE staff_link (
    hash BLOB NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 3),
    staff BLOB REFERENCES staff (id),
    expires_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE staff_session (
    hash BLOB NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    staff BLOB NOT NULL REFERENCES staff (id),
    created_ms INTEGER NOT NULL,
    seen_ms INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL,
    address TEXT NOT NULL,
    agent TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX staff_session_staff ON staff_session (staff, created_ms);

CREATE TABLE recovery_code (
    staff BLOB NOT NULL REFERENCES staff (id),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (staff, hash)
) STRICT, WITHOUT ROWID;

-- Who did what to what, from where. Written in the transaction of what it tells; never changed.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at_ms INTEGER NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    address TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;

CREATE INDEX audit_action ON audit (action, id);

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append only'); END;

CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append only'); END;
