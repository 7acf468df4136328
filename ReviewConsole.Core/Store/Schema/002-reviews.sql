-- The live state of reviews. `state` is the fold of the review's ledger entries (ledger rebuild --check compares); claim_until and releases_at are working state;
-- the columns from system to search are the face of the current proposal, made from what the ledger has sealed, and go with it at erasure.
CREATE TABLE review (
  id            TEXT    NOT NULL PRIMARY KEY,
  owner         TEXT    NOT NULL,
  body_hash     BLOB    NOT NULL,
  revision      INTEGER NOT NULL,
  status        TEXT    NOT NULL,
  open          INTEGER NOT NULL,
  approvals     INTEGER NOT NULL,
  risk          INTEGER NOT NULL,
  queue         TEXT    NOT NULL,
  submitted_at  INTEGER NOT NULL,
  due_at        INTEGER NOT NULL,
  expires_at    INTEGER NOT NULL,
  claim_by      TEXT,
  claim_until   INTEGER NOT NULL,
  assigned_to   TEXT,
  releases_at   INTEGER NOT NULL,
  escalated_at  INTEGER,
  decision      TEXT,
  decided_at    INTEGER,
  execution     TEXT,
  changed_seq   INTEGER NOT NULL,
  system        TEXT    NOT NULL,
  version       TEXT,
  external_id   TEXT,
  case_id       TEXT,
  kind          TEXT    NOT NULL,
  action        TEXT    NOT NULL,
  headline      TEXT    NOT NULL,
  title         TEXT,
  subject       TEXT,
  amount        TEXT,
  currency      TEXT,
  confidence    REAL,
  checks        TEXT    NOT NULL,
  endpoint      TEXT,
  state         TEXT    NOT NULL
) STRICT;

-- The queue's first page and every keyset page after it: open reviews by due time, then id.
CREATE INDEX review_due ON review (due_at, id) WHERE open = 1;
-- A submit with a known external id; lists of one source by external id.
CREATE UNIQUE INDEX review_external ON review (owner, system, external_id) WHERE external_id IS NOT NULL;
-- Lists of a source's own reviews, newest first.
CREATE INDEX review_owner ON review (owner, id);
-- The clock: which holds are over, which reviews have expired.
CREATE INDEX review_release ON review (releases_at) WHERE status = 'held';
CREATE INDEX review_expire ON review (expires_at) WHERE status IN ('pending', 'waitingOnSource');
-- "Mine", and who works on what.
CREATE INDEX review_claim ON review (claim_by) WHERE claim_by IS NOT NULL;
-- The board: escalations, questions out at a source, executions that failed.
CREATE INDEX review_escalated ON review (escalated_at) WHERE escalated_at IS NOT NULL AND open = 1;
CREATE INDEX review_waiting ON review (due_at) WHERE status = 'waitingOnSource';
CREATE INDEX review_unfinished ON review (decided_at) WHERE execution IN ('failed', 'unknown') AND status = 'released';
-- History: what was decided, newest first.
CREATE INDEX review_decided ON review (decided_at DESC, id) WHERE decided_at IS NOT NULL;

-- Which entries speak of a review: its timeline.
CREATE TABLE review_entry (
  review  TEXT    NOT NULL,
  seq     INTEGER NOT NULL,
  PRIMARY KEY (review, seq)
) STRICT, WITHOUT ROWID;

-- Answers kept for seven days, so that a retry gets the first one again.
CREATE TABLE idempotency (
  owner      TEXT    NOT NULL,
  key        TEXT    NOT NULL,
  body_hash  BLOB    NOT NULL,
  review     TEXT    NOT NULL,
  answer     BLOB    NOT NULL,
  at         INTEGER NOT NULL,
  PRIMARY KEY (owner, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_at ON idempotency (at);

-- A person's operations: the same operationId is answered again and never carried out twice.
CREATE TABLE operation (
  person        TEXT    NOT NULL,
  operation_id  TEXT    NOT NULL,
  body_hash     BLOB    NOT NULL,
  answer        BLOB    NOT NULL,
  at            INTEGER NOT NULL,
  PRIMARY KEY (person, operation_id)
) STRICT, WITHOUT ROWID;

-- What somebody has typed and not yet decided. Never history.
CREATE TABLE draft (
  review    TEXT    NOT NULL,
  person    TEXT    NOT NULL,
  revision  INTEGER NOT NULL,
  content   TEXT    NOT NULL,
  at        INTEGER NOT NULL,
  PRIMARY KEY (review, person)
) STRICT, WITHOUT ROWID;

-- Evidence in view, credited since the person's claim.
CREATE TABLE seen (
  review        TEXT    NOT NULL,
  person        TEXT    NOT NULL,
  revision      INTEGER NOT NULL,
  evidence      TEXT    NOT NULL,
  milliseconds  INTEGER NOT NULL,
  first         INTEGER NOT NULL,
  PRIMARY KEY (review, person, revision, evidence)
) STRICT, WITHOUT ROWID;

-- Stopped lines; '' means every.
CREATE TABLE stopped_line (
  system  TEXT    NOT NULL,
  kind    TEXT    NOT NULL,
  reason  TEXT    NOT NULL,
  by      TEXT    NOT NULL,
  since   INTEGER NOT NULL,
  PRIMARY KEY (system, kind)
) STRICT, WITHOUT ROWID;
