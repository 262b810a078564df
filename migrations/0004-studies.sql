-- A study is a group of runs with a purpose. Its kind decides which experiments it asks for: `plan` is JSON that the kind reads,
-- `configuration` the experiment that they begin with, `issued` how many it has asked for so far.
CREATE TABLE study (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  plan TEXT NOT NULL,
  configuration TEXT NOT NULL,
  issued INTEGER NOT NULL DEFAULT 0,
  is_open INTEGER NOT NULL DEFAULT 1 CHECK (is_open IN (0, 1)),
  created_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX study_by_name ON study (name);

-- Positions of a study count from 1 and are never given twice.
ALTER TABLE run ADD COLUMN study_id INTEGER REFERENCES study (id);
ALTER TABLE run ADD COLUMN study_position INTEGER CHECK (study_position > 0);
CREATE UNIQUE INDEX run_by_study ON run (study_id, study_position) WHERE study_id IS NOT NULL;

-- What the test score measures, and what is forecast, so that the run list can say it.
ALTER TABLE run ADD COLUMN test_metric TEXT;
ALTER TABLE run ADD COLUMN test_unit TEXT;
ALTER TABLE run ADD COLUMN target_names TEXT;
-- Time in training, over all attempts; null where it is not known.
ALTER TABLE run ADD COLUMN attempt_started_at_ms INTEGER;
ALTER TABLE run ADD COLUMN trained_ms INTEGER;

UPDATE run SET target_names = (
  SELECT group_concat(value, ', ') FROM experiment, json_each(configuration, '$.task.targets')
  WHERE experiment.id = run.experiment_id
);
-- Of several attempts only the first start and the last end are known, with the breaks between them.
UPDATE run SET trained_ms = ended_at_ms - started_at_ms
WHERE attempts = 1 AND started_at_ms IS NOT NULL AND ended_at_ms >= started_at_ms;
UPDATE run SET attempt_started_at_ms = started_at_ms WHERE attempts = 1 AND ended_at_ms IS NULL;
-- The metric that the experiment asks for first, in the unit that it asks for, or else the first that the model has.
UPDATE run SET (test_metric, test_unit) = (
  SELECT score.metric, score.unit FROM score JOIN experiment ON experiment.id = run.experiment_id
  WHERE score.run_id = run.id AND part = 'test' AND target IS NULL AND subject = 'model'
    AND score.metric = configuration ->> '$.task.metrics[0]'
  ORDER BY score.unit IS configuration ->> '$.evaluation.scale' DESC, position LIMIT 1
) WHERE test_score IS NOT NULL;
