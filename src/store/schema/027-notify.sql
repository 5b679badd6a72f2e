-- The digests of staff: a letter of what waits, at the times that each of them chose.

-- The last one that was decided on, whether it made a letter or not, and what it is about (the bits
-- of STORE_DIGEST_...). It is written in the transaction of the letter, so that none goes twice.
CREATE TABLE staff_digest (
    staff BLOB NOT NULL PRIMARY KEY REFERENCES staff (id),
    slot_ms INTEGER NOT NULL,
    parts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Whose digest the letter is; NULL: it is none.
ALTER TABLE mail ADD COLUMN staff BLOB REFERENCES staff (id);
