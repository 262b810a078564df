-- How a run's test scores stand against the best baselines. The registry of metrics says which of two scores is better, so the program
-- fills this in for runs that have scores.
ALTER TABLE run ADD COLUMN test_outcome TEXT;
