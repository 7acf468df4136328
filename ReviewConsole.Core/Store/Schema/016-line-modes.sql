-- How lines are kept back: '' means every system or every kind; no until means that a person ends it.
CREATE TABLE line_mode (
  system  TEXT    NOT NULL,
  kind    TEXT    NOT NULL,
  mode    TEXT    NOT NULL CHECK (mode IN ('twoPerson', 'everythingToReview', 'stopped')),
  reason  TEXT    NOT NULL,
  by      TEXT    NOT NULL,
  since   INTEGER NOT NULL,
  until   INTEGER,
  PRIMARY KEY (system, kind, mode)
) STRICT, WITHOUT ROWID;

INSERT INTO line_mode (system, kind, mode, reason, by, since) SELECT system, kind, 'stopped', reason, by, since FROM stopped_line;

DROP TABLE stopped_line;
