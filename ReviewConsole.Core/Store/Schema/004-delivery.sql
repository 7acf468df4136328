-- Where webhooks go. The ledger knows an endpoint as 'e' || number; name and URL stand here and, erasable, in the openings of endpointAdded. The secrets are
-- protected by the host; a removed endpoint keeps its number and nothing else.
CREATE TABLE endpoint (
    number          INTEGER PRIMARY KEY,
    name            TEXT    NOT NULL,
    url             TEXT    NOT NULL,
    secret          BLOB    NOT NULL,
    previous        BLOB,                                 -- after a rotation, until previous_until
    previous_until  INTEGER,
    added           INTEGER NOT NULL,
    disabled        INTEGER,                              -- the receiver answered 410
    removed         INTEGER,
    CHECK ((previous IS NULL) = (previous_until IS NULL))
) STRICT;

-- A name belongs to one endpoint at a time; submits and deliveries find it by name.
CREATE UNIQUE INDEX endpoint_live_name ON endpoint (name) WHERE removed IS NULL;

-- What is to be told: one row an entry. No body: it is built from the entry whenever it is sent.
CREATE TABLE outbox (
    entry     INTEGER PRIMARY KEY,                        -- the released (or returned) ledger entry
    review    TEXT    NOT NULL,
    endpoint  TEXT    NOT NULL,
    type      TEXT    NOT NULL,
    message   TEXT    NOT NULL UNIQUE,                    -- webhook-id, the same in every attempt
    state     TEXT    NOT NULL CHECK (state IN ('due', 'delivered', 'pickedUp', 'dead')),
    attempts  INTEGER NOT NULL,
    made      INTEGER NOT NULL,
    next      INTEGER NOT NULL,
    settled   INTEGER,
    status    INTEGER,                                    -- of the last answer
    fault     TEXT                                        -- of the last attempt without one; never a receiver's words
) STRICT;

-- The dispatcher: what is due next.
CREATE INDEX outbox_due ON outbox (next) WHERE state = 'due';
-- The list of dead letters, newest first.
CREATE INDEX outbox_dead ON outbox (entry DESC) WHERE state = 'dead';
-- The deliveries of one review.
CREATE INDEX outbox_review ON outbox (review);
