-- What a study's kind noted of each experiment that it asked for, as JSON that the kind reads: a sweep's values and the results they were
-- chosen from. A note stays when its run is deleted.
CREATE TABLE study_experiment (
  study_id INTEGER NOT NULL REFERENCES study (id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position > 0),
  record TEXT NOT NULL,
  PRIMARY KEY (study_id, position)
) STRICT, WITHOUT ROWID;

-- While it is 1, the test scores of the study's runs are not shown, so that no choice is made by them.
ALTER TABLE study ADD COLUMN hides_test INTEGER NOT NULL DEFAULT 0 CHECK (hides_test IN (0, 1));
