-- What would have been right, where that is known: references of a text, with " | " between them.
ALTER TABLE run_text ADD COLUMN reference TEXT;
