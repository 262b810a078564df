-- What labs measured, newest last. The outcome is JSON with sentences and figures, and is a few kilobytes.
CREATE TABLE lab_result (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  lab TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  seconds REAL NOT NULL,
  -- One of the lab's guesses, made before.
  guess TEXT,
  quick INTEGER NOT NULL CHECK (quick IN (0, 1)),
  -- In words: column, dataset and version; NULL for the lab's own data.
  data TEXT,
  machine TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (json_valid(outcome))
) STRICT;
