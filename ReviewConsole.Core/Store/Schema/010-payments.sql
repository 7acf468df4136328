-- Whom a review is about and who gets it, by their ids, written alike: two more columns of the face. Those that came in before have neither.
ALTER TABLE review ADD COLUMN subject_id TEXT;
ALTER TABLE review ADD COLUMN recipient TEXT;
-- What was let run before of the same action, to the same recipient or about the same subject, newest first: by its first outcome, since a rollback has a later one and makes no
-- payment younger.
CREATE INDEX review_recipient ON review (recipient, action, json_extract(state, '$.outcomes[0].at') DESC, id) WHERE open = 0 AND decision IN ('approved', 'corrected', 'proceeded');
CREATE INDEX review_subject ON review (subject_id, action, json_extract(state, '$.outcomes[0].at') DESC, id) WHERE open = 0 AND decision IN ('approved', 'corrected', 'proceeded');
