-- What the user writes on a run: tags to find it by, and a note. No row: nothing written.
CREATE TABLE run_label (
  run_id INTEGER PRIMARY KEY REFERENCES run (id) ON DELETE CASCADE,
  tags TEXT NOT NULL DEFAULT '[]',
  note TEXT NOT NULL DEFAULT ''
) STRICT;
