-- Automation rules that people found fault with, one row an entry. A rule counts as demoted in every policy that was put into force for the first time before it.
CREATE TABLE demotion (
  seq     INTEGER PRIMARY KEY,                            -- the ledger entry
  rule    TEXT    NOT NULL,
  digest  TEXT    NOT NULL,                               -- of the policy that judged
  review  TEXT    NOT NULL,
  cause   TEXT    NOT NULL CHECK (cause IN ('corrected', 'rejected', 'rolledBack')),
  at      INTEGER NOT NULL
) STRICT;
