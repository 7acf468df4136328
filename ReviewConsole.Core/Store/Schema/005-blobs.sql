-- Who uploaded which bytes: a source may name only its own. The bytes lie as files beside the database.
CREATE TABLE blob (
  owner   TEXT    NOT NULL,
  sha256  TEXT    NOT NULL,
  size    INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  PRIMARY KEY (owner, sha256)
) STRICT, WITHOUT ROWID;
