-- Texts that a language model wrote after an epoch, one for each prompt.
CREATE TABLE run_text (
  run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  epoch INTEGER NOT NULL CHECK (epoch > 0),
  position INTEGER NOT NULL CHECK (position >= 0),
  step INTEGER NOT NULL CHECK (step >= 0),
  prompt TEXT NOT NULL,
  text TEXT NOT NULL,
  checksum INTEGER,
  PRIMARY KEY (run_id, epoch, position)
) STRICT;
