-- What the connector to the PSA must remember.

CREATE TABLE connector (
    kind TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL,
    sealed_token TEXT NOT NULL,
    fallback_customer INTEGER NOT NULL,
    status TEXT NOT NULL,
    priority TEXT NOT NULL,
    problem_type TEXT NOT NULL,
    version INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '',
    changed_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who an email belongs to in the PSA; both ids 0: known to be nobody.
CREATE TABLE psa_match (
    account TEXT NOT NULL,
    email TEXT NOT NULL,
    psa_contact INTEGER NOT NULL,
    psa_customer INTEGER NOT NULL,
    company TEXT NOT NULL,
    fetched_ms INTEGER NOT NULL,
    PRIMARY KEY (account, email)
) STRICT, WITHOUT ROWID;

CREATE TABLE value (
    key TEXT NOT NULL PRIMARY KEY,
    changed_ms INTEGER NOT NULL,
    text TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Room of a shared rate limit, reserved before it is used.
CREATE TABLE lease (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    count INTEGER NOT NULL CHECK (count > 0),
    expires_ms INTEGER NOT NULL
) STRICT;

CREATE INDEX lease_kind ON lease (kind, expires_ms);
