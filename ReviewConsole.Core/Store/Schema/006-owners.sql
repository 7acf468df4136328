-- Whose key a proposal came by: what its reviews, blobs and idempotency keys belong to. The pseudonym in the ledger is 'o' || number; the name stands here and,
-- erasable, in the opening of ownerAdded. A key belongs to the owner of its name, whichever key of that name it is.
CREATE TABLE owner (
    number  INTEGER PRIMARY KEY,
    name    TEXT    NOT NULL UNIQUE                       -- a new key, and an import, look their owner up
) STRICT;
