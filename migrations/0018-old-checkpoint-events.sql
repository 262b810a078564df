-- Of the events that tell of a run's checkpoints only the newest is of use. An older Hindcast kept one for every ten seconds of training.
DELETE FROM event WHERE type = 'run.checkpointed'
  AND sequence NOT IN (SELECT max(sequence) FROM event WHERE type = 'run.checkpointed' GROUP BY run_id);
