-- What was decided of the same action before, newest first: the candidates for precedents.
CREATE INDEX review_precedent ON review (kind, action, decided_at DESC, id) WHERE open = 0 AND decision IN ('approved', 'corrected', 'rejected');
