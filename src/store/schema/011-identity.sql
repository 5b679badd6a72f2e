-- How people prove who they are.

-- A page that signs tokens of who its visitors are. key: names it in the page's tag, no secret.
CREATE TABLE site (
    key TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    algorithm TEXT NOT NULL CHECK (algorithm IN ('HS256', 'ES256', 'RS256')),
    created_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What its tokens are checked with; two of one site while they are exchanged. kept: the secret,
-- sealed (HS256), or the public key as a JWK. hint: what is shown to tell them apart.
CREATE TABLE site_secret (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    site TEXT NOT NULL REFERENCES site (key),
    kept TEXT NOT NULL,
    hint TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    used_ms INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- The secret by which the browser's session began: it ends with it.
ALTER TABLE visitor ADD COLUMN secret BLOB;
CREATE INDEX visitor_secret ON visitor (secret) WHERE secret IS NOT NULL;

-- Codes of six digits that a browser is asked for: whoever types one there proves to be kind,
-- issuer and subject (as in person_identity). mac: of the code and that browser, with a key outside
-- the database; no code fits the empty one. For an hour rows are how often an address was asked.
CREATE TABLE proof (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    visitor BLOB NOT NULL CHECK (length(visitor) = 32),
    kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 3),
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    email TEXT NOT NULL,
    mac BLOB NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    at_ms INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL
) STRICT;

CREATE INDEX proof_visitor ON proof (visitor);
CREATE INDEX proof_subject ON proof (subject, at_ms);
