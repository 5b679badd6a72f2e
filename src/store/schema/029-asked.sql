-- When the PSA was asked for what is known of a ticket: an answer that was on its way for longer
-- than a newer one is not taken for news.
ALTER TABLE ticket ADD COLUMN asked_ms INTEGER NOT NULL DEFAULT 0;
