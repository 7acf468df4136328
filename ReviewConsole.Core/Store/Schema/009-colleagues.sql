-- Who is spoken to in a note of an open review and has not looked at it, or was asked and has not answered. The note itself is history.
CREATE TABLE mention (
  person  TEXT    NOT NULL,
  review  TEXT    NOT NULL,
  asks    INTEGER NOT NULL CHECK (asks IN (0, 1)),
  PRIMARY KEY (person, review)
) STRICT, WITHOUT ROWID;

-- Who has passed on which revision: it is served to them after all others.
CREATE TABLE skipped (
  person    TEXT    NOT NULL,
  review    TEXT    NOT NULL,
  revision  INTEGER NOT NULL,
  PRIMARY KEY (person, review)
) STRICT, WITHOUT ROWID;
