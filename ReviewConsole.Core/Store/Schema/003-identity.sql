-- People who may sign in. The pseudonym in the ledger is 'p' || number; what names them stands here and, erasable, in the openings of personAdded.
CREATE TABLE person (
    number  INTEGER PRIMARY KEY,
    subject TEXT    NOT NULL UNIQUE,                      -- sign-in looks a person up by what the identity provider calls them
    email   TEXT    NOT NULL,
    name    TEXT    NOT NULL,
    roles   TEXT    NOT NULL CHECK (json_valid(roles)),   -- array of role names
    active  INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT;

-- Working state: one row a sign-in, deleted when it ends.
CREATE TABLE person_session (
    id      TEXT    PRIMARY KEY,
    person  INTEGER NOT NULL REFERENCES person (number),
    started INTEGER NOT NULL,
    expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Keys of sources. The token is shown once and never stored.
CREATE TABLE api_key (
    number  INTEGER PRIMARY KEY,
    name    TEXT    NOT NULL,
    hash    TEXT    NOT NULL UNIQUE CHECK (length(hash) = 64),
    systems TEXT    NOT NULL CHECK (json_valid(systems)),
    scopes  TEXT    NOT NULL CHECK (json_valid(scopes)),
    created INTEGER NOT NULL,
    expires INTEGER,
    revoked INTEGER
) STRICT;

-- A name belongs to one live key; "keys revoke NAME" finds it.
CREATE UNIQUE INDEX api_key_live_name ON api_key (name) WHERE revoked IS NULL;
