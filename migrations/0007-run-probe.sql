-- What a probe saw of a run's model while it trained. `layout` is JSON that says what stands where in each snapshot, `every` is the
-- number of epochs between two of them.
CREATE TABLE run_probe (
  run_id INTEGER PRIMARY KEY REFERENCES run (id) ON DELETE CASCADE,
  layout TEXT NOT NULL,
  every INTEGER NOT NULL CHECK (every > 0)
) STRICT;

-- Epoch 0 is before the first step.
CREATE TABLE run_probe_snapshot (
  run_id INTEGER NOT NULL REFERENCES run_probe (run_id) ON DELETE CASCADE,
  epoch INTEGER NOT NULL CHECK (epoch >= 0),
  step INTEGER NOT NULL CHECK (step >= 0),
  data BLOB NOT NULL,
  PRIMARY KEY (run_id, epoch)
) STRICT;
