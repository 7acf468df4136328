-- Policies, each a text of its own. The ledger knows one as 'd' || number; text and base stand here and, erasable, in the openings of policyDrafted and policyLoaded. A text
-- that was published never changes.
CREATE TABLE policy (
    number        INTEGER PRIMARY KEY,
    name          TEXT    NOT NULL,
    version       INTEGER NOT NULL,
    digest        TEXT    NOT NULL,
    text          TEXT    NOT NULL,
    base          TEXT,                                   -- what "extends: default" meant when it was saved
    state         TEXT    NOT NULL CHECK (state IN ('draft', 'shadow', 'published', 'discarded')),
    authors       TEXT    NOT NULL CHECK (json_valid(authors)),
    saved         INTEGER NOT NULL,
    shadow_since  INTEGER,
    CHECK ((state = 'shadow') = (shadow_since IS NOT NULL))
) STRICT;

-- A review names the version that judged it by its digest; a start looks for the one that its file holds.
CREATE UNIQUE INDEX policy_published ON policy (digest) WHERE state = 'published';

-- What was put into force, one row an act; what is in force at a time is computed from them.
CREATE TABLE policy_force (
    seq        INTEGER PRIMARY KEY,                       -- the ledger entry
    act        TEXT    NOT NULL CHECK (act IN ('published', 'rolledBack', 'file', 'shipped')),
    by         TEXT    NOT NULL,
    made       INTEGER NOT NULL,
    effective  INTEGER NOT NULL,
    policy     INTEGER NOT NULL REFERENCES policy (number)
) STRICT;
