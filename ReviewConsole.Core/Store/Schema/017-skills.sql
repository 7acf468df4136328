-- What somebody can do beside their roles: array of words, granted by the settings at sign-in.
ALTER TABLE person ADD COLUMN skills TEXT NOT NULL DEFAULT '[]';
-- What a review asks of whoever works on it: array of words; null where it asks for none.
ALTER TABLE review ADD COLUMN skills TEXT;
