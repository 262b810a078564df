-- The best baseline beside a run's test score, so that the run list can say which runs are worse than it.
ALTER TABLE run ADD COLUMN best_baseline TEXT;
ALTER TABLE run ADD COLUMN best_baseline_score ANY;

-- In the metric and unit of the test score: the one that the experiment asks for, or else the first that the model has.
UPDATE run SET (best_baseline, best_baseline_score) = (
  WITH wanted AS (
    SELECT configuration ->> '$.task.metrics[0]' AS metric, configuration ->> '$.evaluation.scale' AS unit
    FROM experiment WHERE experiment.id = run.experiment_id
  ), candidate AS (
    SELECT score.* FROM score, wanted
    WHERE run_id = run.id AND part = 'test' AND target IS NULL AND score.metric = wanted.metric
  ), headline AS (
    SELECT candidate.unit FROM candidate, wanted WHERE subject = 'model'
    ORDER BY candidate.unit IS wanted.unit DESC, position LIMIT 1
  )
  SELECT subject, value FROM candidate
  WHERE subject <> 'model' AND unit = (SELECT unit FROM headline)
    AND typeof(value) <> 'text' AND abs(value) <= 1.7976931348623157e308
  ORDER BY value, position LIMIT 1
) WHERE test_score IS NOT NULL;
