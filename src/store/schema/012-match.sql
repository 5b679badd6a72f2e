-- Whose an email is, also when several have it; and people who asked to be forgotten.

-- candidates: JSON, when several have the email. What was remembered before is asked for again.
ALTER TABLE psa_match ADD COLUMN candidates TEXT NOT NULL DEFAULT '';
DELETE FROM psa_match;

-- erased_ms: what identified them is gone; the row stays for their conversations.
ALTER TABLE person ADD COLUMN erased_ms INTEGER NOT NULL DEFAULT 0;

CREATE INDEX person_by_email ON person (email);
-- Those whom staff should look at.
CREATE INDEX person_link_open ON person_link (account, how) WHERE how > 4;
