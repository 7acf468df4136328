-- A window reads what lies in it and nothing else, whatever the clock did meanwhile.
CREATE INDEX window_item_time ON window_item (over, key, at);
-- What no window reaches back to is deleted.
CREATE INDEX window_item_at ON window_item (at);
