-- What windows of the policy count: one row for each revision and each thing that is counted by, written only while a policy has such windows. What is counted by is personal and
-- stands here as a keyed hash alone. The primary key answers both questions of a submit: the newest row of one thing, and its rows from the newest back.
CREATE TABLE window_item (
  over      TEXT    NOT NULL CHECK (over IN ('subject', 'recipient', 'source', 'action')),
  key       BLOB    NOT NULL CHECK (length(key) = 32),
  seq       INTEGER NOT NULL,
  at        INTEGER NOT NULL,
  review    TEXT    NOT NULL,
  revision  INTEGER NOT NULL,
  PRIMARY KEY (over, key, seq)
) STRICT, WITHOUT ROWID;

-- Since when each is noted without a gap: a window that reaches back further is not known.
CREATE TABLE window_since (
  over   TEXT    NOT NULL PRIMARY KEY,
  since  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
