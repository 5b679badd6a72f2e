-- Who has proved who they are, whose ticket is whose, and how far each has read.

-- verified_ms: 0 until somebody proved that they are this person. manager: may see the tickets of
-- the whole company. mail_off_ms: wants no letters since.
ALTER TABLE person ADD COLUMN verified_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE person ADD COLUMN blocked_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE person ADD COLUMN manager INTEGER NOT NULL DEFAULT 0;
ALTER TABLE person ADD COLUMN mail_off_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE person ADD COLUMN seen_ms INTEGER NOT NULL DEFAULT 0;

-- A browser that has proved something has a session that ends; via: how ('token', 'code', 'oidc').
ALTER TABLE visitor ADD COLUMN verified_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE visitor ADD COLUMN expires_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE visitor ADD COLUMN via TEXT NOT NULL DEFAULT '';
ALTER TABLE visitor ADD COLUMN seen_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE visitor ADD COLUMN agent TEXT NOT NULL DEFAULT '';
CREATE INDEX visitor_person ON visitor (person);

-- What proves to be whom. kind: 1 an email address (issuer ''), 2 a name at a site that signs
-- tokens, 3 a name at a provider of OpenID Connect.
CREATE TABLE person_identity (
    kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 3),
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    person BLOB NOT NULL REFERENCES person (id),
    created_ms INTEGER NOT NULL,
    PRIMARY KEY (kind, issuer, subject)
) STRICT, WITHOUT ROWID;

CREATE INDEX person_identity_person ON person_identity (person);

-- how: 1 a contact has the address, 2 the company itself has it, 3 the company of its domain,
-- 4 staff chose, 5 several have it (candidates: JSON; staff choose), 6 nobody. psa ids are 0 for 5
-- and 6.
ALTER TABLE person_link ADD COLUMN how INTEGER NOT NULL DEFAULT 0;
ALTER TABLE person_link ADD COLUMN checked_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE person_link ADD COLUMN candidates TEXT NOT NULL DEFAULT '';
UPDATE person_link SET how = iif(psa_contact <> 0, 1, 4);

-- The company that people of an email domain belong to, whom the PSA does not know by address.
CREATE TABLE email_domain (
    account TEXT NOT NULL,
    domain TEXT NOT NULL,
    psa_customer INTEGER NOT NULL,
    company TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    PRIMARY KEY (account, domain)
) STRICT, WITHOUT ROWID;

-- The PSA's tickets as it told of them last; what was said in them is in message, once somebody
-- has opened them. customer, contact: 0 for none. gone: deleted there, or merged into another.
CREATE TABLE ticket (
    account TEXT NOT NULL,
    id INTEGER NOT NULL,
    number TEXT NOT NULL,
    customer INTEGER NOT NULL,
    contact INTEGER NOT NULL,
    subject TEXT NOT NULL,
    status TEXT NOT NULL,
    priority TEXT NOT NULL,
    assignee TEXT NOT NULL,
    open INTEGER NOT NULL CHECK (open IN (0, 1)),
    gone INTEGER NOT NULL DEFAULT 0 CHECK (gone IN (0, 1)),
    created_ms INTEGER NOT NULL,
    updated_ms INTEGER NOT NULL,
    resolved_ms INTEGER NOT NULL,
    seen_ms INTEGER NOT NULL,
    PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX ticket_contact ON ticket (account, contact, updated_ms) WHERE contact <> 0;
CREATE INDEX ticket_customer ON ticket (account, customer, updated_ms) WHERE customer <> 0;

-- Whose older tickets were read: a contact's (customer 0), or a company's (contact 0).
CREATE TABLE ticket_history (
    account TEXT NOT NULL,
    contact INTEGER NOT NULL,
    customer INTEGER NOT NULL,
    read_ms INTEGER NOT NULL,
    PRIMARY KEY (account, contact, customer)
) STRICT, WITHOUT ROWID;

-- How far a person has read a conversation.
CREATE TABLE read_mark (
    person BLOB NOT NULL REFERENCES person (id),
    conversation INTEGER NOT NULL REFERENCES conversation (n),
    seq INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (person, conversation)
) STRICT, WITHOUT ROWID;

-- edited_ms: changed in the PSA since.
ALTER TABLE message ADD COLUMN edited_ms INTEGER NOT NULL DEFAULT 0;

-- adopted: its ticket was there first. assignee: who works on the ticket in the PSA.
ALTER TABLE conversation ADD COLUMN adopted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN assignee TEXT NOT NULL DEFAULT '';
