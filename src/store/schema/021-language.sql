-- The language that a person's chat speaks, like 'de', and that their letters are written in; '' for
-- one that is not known. A code goes to an address, whoever's it is: its row says the language.

ALTER TABLE person ADD COLUMN language TEXT NOT NULL DEFAULT '' CHECK (length(language) <= 3);
ALTER TABLE mail ADD COLUMN language TEXT NOT NULL DEFAULT '' CHECK (length(language) <= 3);
