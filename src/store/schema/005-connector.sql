-- What an administrator sees of the connector and does to it; who people are, kept apart by account.

-- token_end: the last characters of the token, all that is ever shown of it. worked: it was let in
-- with this token. removed: only the row is left, so that its version goes on.
ALTER TABLE connector ADD COLUMN token_end TEXT NOT NULL DEFAULT '';
ALTER TABLE connector ADD COLUMN fallback_name TEXT NOT NULL DEFAULT '';
ALTER TABLE connector ADD COLUMN paused INTEGER NOT NULL DEFAULT 0;
ALTER TABLE connector ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE connector ADD COLUMN worked INTEGER NOT NULL DEFAULT 0;
UPDATE connector SET worked = 1 WHERE state = 'ok';

-- Who a person is in an account of the PSA. The ids of one account are strangers in another.
CREATE TABLE person_link (
    person BLOB NOT NULL REFERENCES person (id),
    account TEXT NOT NULL,
    psa_contact INTEGER NOT NULL,
    psa_customer INTEGER NOT NULL,
    PRIMARY KEY (person, account)
) STRICT, WITHOUT ROWID;

INSERT INTO person_link (person, account, psa_contact, psa_customer)
SELECT p.id, c.account, p.psa_contact, p.psa_customer FROM person p,
(SELECT account FROM connector ORDER BY changed_ms DESC LIMIT 1) c WHERE p.psa_customer <> 0;
ALTER TABLE person DROP COLUMN psa_contact;
ALTER TABLE person DROP COLUMN psa_customer;

-- account: where it was sent to last. given_up: done without having been filed.
ALTER TABLE outbox ADD COLUMN account TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN given_up INTEGER NOT NULL DEFAULT 0;

-- no_ticket: its making was given up; the next that the person says begins a new one.
ALTER TABLE conversation ADD COLUMN no_ticket INTEGER NOT NULL DEFAULT 0;

-- Requests to the PSA by the hour in which they ended.
CREATE TABLE psa_calls (
    kind TEXT NOT NULL,
    hour_ms INTEGER NOT NULL,
    calls INTEGER NOT NULL,
    errors INTEGER NOT NULL,
    last_ms INTEGER NOT NULL,
    PRIMARY KEY (kind, hour_ms)
) STRICT, WITHOUT ROWID;
