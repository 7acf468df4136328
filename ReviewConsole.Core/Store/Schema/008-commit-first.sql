-- Who has said what they think of a review under commit-first: JSON like ["p7"]; null where nobody is asked. What is hidden from a person is hidden in lists too, by this.
ALTER TABLE review ADD COLUMN judged TEXT;

-- Pieces that came into view at the same moment keep the order in which they did.
ALTER TABLE seen ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
