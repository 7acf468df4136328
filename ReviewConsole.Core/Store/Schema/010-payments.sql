-- Whom a review is about and who gets it, by their ids: two more columns of the face. Those that came in before have neither.
ALTER TABLE review ADD COLUMN subject_id TEXT;
ALTER TABLE review ADD COLUMN recipient TEXT;
-- What was let run before of the same action, to the same recipient or about the same subject, newest first.
CREATE INDEX review_recipient ON review (recipient, action, decided_at DESC, id) WHERE open = 0 AND decision IN ('approved', 'corrected', 'proceeded');
CREATE INDEX review_subject ON review (subject_id, action, decided_at DESC, id) WHERE open = 0 AND decision IN ('approved', 'corrected', 'proceeded');
