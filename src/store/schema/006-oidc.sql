-- Who it is that a provider of OpenID Connect names by issuer and subject. An account has at most one
-- name at each provider.

CREATE TABLE staff_oidc (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    staff BLOB NOT NULL REFERENCES staff (id),
    PRIMARY KEY (issuer, subject)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX staff_oidc_staff ON staff_oidc (staff, issuer);
