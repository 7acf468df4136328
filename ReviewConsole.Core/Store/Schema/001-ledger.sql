-- The ledger: append-only. The triggers stop accidents; the Merkle tree catches the rest. Only Ledger/ writes here.

-- One event an entry: its RFC 8785 bytes, and SHA-256(0x00 || entry).
CREATE TABLE ledger_entry(
  seq INTEGER PRIMARY KEY,
  entry BLOB NOT NULL,
  leaf_hash BLOB NOT NULL CHECK(length(leaf_hash) = 32)
) STRICT;

-- Complete interior nodes: (level, idx) covers the leaves from idx * 2^level on, so that a proof reads O(log n) rows.
CREATE TABLE ledger_node(
  level INTEGER NOT NULL CHECK(level BETWEEN 1 AND 62),
  idx INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK(length(hash) = 32),
  PRIMARY KEY(level, idx)
) STRICT, WITHOUT ROWID;

-- The signed head of each committed batch, as a C2SP note.
CREATE TABLE ledger_checkpoint(
  size INTEGER PRIMARY KEY,
  note BLOB NOT NULL
) STRICT;

-- Heads that were handed to a witness, with what it answered.
CREATE TABLE ledger_anchor(
  size INTEGER NOT NULL,
  sink TEXT NOT NULL,
  at INTEGER NOT NULL,
  receipt BLOB NOT NULL,
  PRIMARY KEY(size, sink)
) STRICT, WITHOUT ROWID;

-- Everything that can be erased; seq is the entry that commits SHA-256(salt || bytes). Erasure finds a review's openings by its entries (review_entry): an index
-- on review would cost every submit a sixth of its write.
CREATE TABLE sealed(
  seq INTEGER NOT NULL REFERENCES ledger_entry(seq),
  name TEXT NOT NULL,
  review TEXT,
  salt BLOB NOT NULL CHECK(length(salt) = 32),
  bytes BLOB NOT NULL,
  PRIMARY KEY(seq, name)
) STRICT;

CREATE TRIGGER ledger_entry_in_order BEFORE INSERT ON ledger_entry
WHEN NEW.seq <> coalesce((SELECT max(seq) + 1 FROM ledger_entry), 0)
BEGIN SELECT raise(ABORT, 'ledger_entry takes the next seq only'); END;

CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry
BEGIN SELECT raise(ABORT, 'ledger_entry is append-only'); END;

CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry
BEGIN SELECT raise(ABORT, 'ledger_entry is append-only'); END;

CREATE TRIGGER ledger_node_in_order BEFORE INSERT ON ledger_node
WHEN NEW.idx <> coalesce((SELECT max(idx) + 1 FROM ledger_node WHERE level = NEW.level), 0)
BEGIN SELECT raise(ABORT, 'ledger_node takes the next idx of a level only'); END;

CREATE TRIGGER ledger_node_no_update BEFORE UPDATE ON ledger_node
BEGIN SELECT raise(ABORT, 'ledger_node is append-only'); END;

CREATE TRIGGER ledger_node_no_delete BEFORE DELETE ON ledger_node
BEGIN SELECT raise(ABORT, 'ledger_node is append-only'); END;

CREATE TRIGGER ledger_checkpoint_in_order BEFORE INSERT ON ledger_checkpoint
WHEN NEW.size <= coalesce((SELECT max(size) FROM ledger_checkpoint), 0) OR NEW.size <> coalesce((SELECT max(seq) + 1 FROM ledger_entry), 0)
BEGIN SELECT raise(ABORT, 'ledger_checkpoint takes the present size of a grown log only'); END;

CREATE TRIGGER ledger_checkpoint_no_update BEFORE UPDATE ON ledger_checkpoint
BEGIN SELECT raise(ABORT, 'ledger_checkpoint is append-only'); END;

CREATE TRIGGER ledger_checkpoint_no_delete BEFORE DELETE ON ledger_checkpoint
BEGIN SELECT raise(ABORT, 'ledger_checkpoint is append-only'); END;

CREATE TRIGGER ledger_anchor_no_update BEFORE UPDATE ON ledger_anchor
BEGIN SELECT raise(ABORT, 'ledger_anchor is append-only'); END;

CREATE TRIGGER ledger_anchor_no_delete BEFORE DELETE ON ledger_anchor
BEGIN SELECT raise(ABORT, 'ledger_anchor is append-only'); END;

-- Erasure deletes an opening; nothing ever changes one.
CREATE TRIGGER sealed_no_update BEFORE UPDATE ON sealed
BEGIN SELECT raise(ABORT, 'sealed may be erased but never changed'); END;
