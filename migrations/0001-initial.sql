-- The first schema. page_size, auto_vacuum and application_id are set when the file is made, before this runs.
-- Times: *_us are microseconds UTC, *_ms are milliseconds UTC. JSON is text. Kinds and encodings are open text.
-- A column of type ANY holds a float64 that may be NaN: NaN is the text 'NaN', since SQLite turns a bound NaN into NULL.

CREATE TABLE workspace (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  id TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Data ---------------------------------------------------------------------------------------------------------------

CREATE TABLE dataset (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  created_at_ms INTEGER NOT NULL
) STRICT;

-- Immutable once ready. A version gets its number when it becomes ready, so that failed imports leave no gaps.
CREATE TABLE dataset_version (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  dataset_id INTEGER NOT NULL REFERENCES dataset (id) ON DELETE CASCADE,
  version INTEGER,
  state TEXT NOT NULL CHECK (state IN ('importing', 'ready')),
  recipe TEXT,
  report TEXT,
  column_list TEXT,
  content_hash TEXT,
  row_count INTEGER NOT NULL DEFAULT 0,
  series_count INTEGER NOT NULL DEFAULT 0,
  chunk_count INTEGER NOT NULL DEFAULT 0,
  set_aside INTEGER NOT NULL DEFAULT 0,
  start_us INTEGER,
  end_us INTEGER,
  frequency TEXT,
  bytes INTEGER NOT NULL DEFAULT 0,
  created_at_ms INTEGER NOT NULL,
  UNIQUE (dataset_id, version),
  CHECK (state = 'importing' OR (version IS NOT NULL AND recipe IS NOT NULL AND content_hash IS NOT NULL))
) STRICT;

CREATE TABLE series (
  id INTEGER PRIMARY KEY,
  dataset_version_id INTEGER NOT NULL REFERENCES dataset_version (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  row_count INTEGER NOT NULL,
  start_us INTEGER NOT NULL,
  end_us INTEGER NOT NULL,
  step_us REAL NOT NULL,
  frequency TEXT NOT NULL,
  UNIQUE (dataset_version_id, position),
  UNIQUE (dataset_version_id, name)
) STRICT;

-- Position -1 holds the times (kind 'time'); values count from 0.
CREATE TABLE series_column (
  id INTEGER PRIMARY KEY,
  series_id INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  missing INTEGER NOT NULL,
  minimum REAL,
  maximum REAL,
  mean REAL,
  categories TEXT,
  UNIQUE (series_id, position)
) STRICT;

-- Content-addressed: sha256 is over encoding, rows and data, so equal pieces are stored once, whatever uses them.
CREATE TABLE chunk (
  id INTEGER PRIMARY KEY,
  sha256 BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),
  encoding TEXT NOT NULL,
  row_count INTEGER NOT NULL,
  data BLOB NOT NULL
) STRICT;

CREATE TABLE column_chunk (
  series_column_id INTEGER NOT NULL REFERENCES series_column (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  chunk_id INTEGER NOT NULL REFERENCES chunk (id),
  PRIMARY KEY (series_column_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX column_chunk_by_chunk ON column_chunk (chunk_id);

-- Runs ---------------------------------------------------------------------------------------------------------------

CREATE TABLE experiment (
  id INTEGER PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  configuration TEXT NOT NULL
) STRICT;

-- What the run list shows stands here, narrow; what preparation found is in run_setup.
CREATE TABLE run (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  experiment_id INTEGER NOT NULL REFERENCES experiment (id),
  dataset_version_id INTEGER NOT NULL REFERENCES dataset_version (id),
  state TEXT NOT NULL,
  reason TEXT,
  stop_requested INTEGER NOT NULL DEFAULT 0 CHECK (stop_requested IN (0, 1)),
  queue_position INTEGER CHECK (queue_position > 0),
  model_kind TEXT NOT NULL,
  seed INTEGER NOT NULL,
  backend TEXT NOT NULL,
  parameter_count INTEGER,
  step INTEGER NOT NULL DEFAULT 0,
  total_steps INTEGER,
  epoch INTEGER NOT NULL DEFAULT 0,
  total_epochs INTEGER NOT NULL,
  seconds_left REAL,
  last_train_loss ANY,
  last_validation_loss ANY,
  best_validation_loss ANY,
  best_epoch INTEGER,
  test_score ANY,
  fingerprint TEXT,
  weights_hash TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  heartbeat_at_ms INTEGER,
  created_at_ms INTEGER NOT NULL,
  started_at_ms INTEGER,
  ended_at_ms INTEGER
) STRICT;
CREATE INDEX run_by_name ON run (name);
CREATE INDEX run_by_state ON run (state);
CREATE INDEX run_by_experiment ON run (experiment_id);
CREATE INDEX run_by_dataset_version ON run (dataset_version_id);
CREATE INDEX run_in_queue ON run (queue_position) WHERE queue_position IS NOT NULL;

CREATE TABLE run_setup (
  run_id INTEGER PRIMARY KEY REFERENCES run (id) ON DELETE CASCADE,
  fitted TEXT,
  backend_used TEXT,
  parts TEXT NOT NULL DEFAULT '[]',
  notes TEXT NOT NULL DEFAULT '[]'
) STRICT;

-- The names of a metric row's values, in their order.
CREATE TABLE run_metric_name (
  run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  scope TEXT NOT NULL CHECK (scope IN ('step', 'epoch')),
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (run_id, scope, position)
) STRICT, WITHOUT ROWID;

-- One row a step, one a epoch: float64 little-endian, one for each name, so that NaN and every bit survive.
CREATE TABLE run_step_metric (
  run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  step INTEGER NOT NULL CHECK (step > 0),
  metric_values BLOB NOT NULL,
  PRIMARY KEY (run_id, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE run_epoch_metric (
  run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  epoch INTEGER NOT NULL CHECK (epoch > 0),
  metric_values BLOB NOT NULL,
  PRIMARY KEY (run_id, epoch)
) STRICT, WITHOUT ROWID;

CREATE TABLE score (
  run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  part TEXT NOT NULL,
  subject TEXT NOT NULL,
  metric TEXT NOT NULL,
  unit TEXT NOT NULL,
  target TEXT,
  value ANY NOT NULL,
  cell_count INTEGER NOT NULL,
  PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID;

-- Written in pieces; one that is not complete does not count and is swept.
CREATE TABLE checkpoint (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  step INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  has_optimizer_state INTEGER NOT NULL CHECK (has_optimizer_state IN (0, 1)),
  complete INTEGER NOT NULL DEFAULT 0 CHECK (complete IN (0, 1)),
  created_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX checkpoint_by_run ON checkpoint (run_id, kind);
CREATE UNIQUE INDEX checkpoint_complete ON checkpoint (run_id, kind) WHERE complete = 1;

CREATE TABLE checkpoint_part (
  checkpoint_id INTEGER NOT NULL REFERENCES checkpoint (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  data BLOB NOT NULL,
  UNIQUE (checkpoint_id, position)
) STRICT;

CREATE TABLE artifact (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  complete INTEGER NOT NULL DEFAULT 0 CHECK (complete IN (0, 1)),
  created_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX artifact_by_run ON artifact (run_id, name);
CREATE UNIQUE INDEX artifact_complete ON artifact (run_id, name) WHERE complete = 1;

CREATE TABLE artifact_part (
  artifact_id INTEGER NOT NULL REFERENCES artifact (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  data BLOB NOT NULL,
  UNIQUE (artifact_id, position)
) STRICT;

-- Events ---------------------------------------------------------------------------------------------------------------

-- No foreign keys: `run.deleted` outlives its run. AUTOINCREMENT: a sequence number is never given twice.
CREATE TABLE event (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  at_ms INTEGER NOT NULL,
  type TEXT NOT NULL,
  run_id INTEGER,
  dataset_id INTEGER,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX event_by_run ON event (run_id, sequence) WHERE run_id IS NOT NULL;
