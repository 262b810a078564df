-- Runs that are trained by workers on other machines: the job in the pool's mailbox, and how far its mail is stored here.
CREATE TABLE pool_run (
  run_id INTEGER PRIMARY KEY REFERENCES run (id) ON DELETE CASCADE,
  -- UUID of the job; NULL while the run waits to be sent, or has ended.
  job TEXT,
  -- The whole job is in the mailbox: one that is missing there was lost.
  is_sent INTEGER NOT NULL DEFAULT 0 CHECK (is_sent IN (0, 1)),
  -- Position of the newest message that is stored (engine/pool/mail/position.ts): one that is delivered again counts once.
  stored INTEGER NOT NULL DEFAULT 0,
  checksum INTEGER
) STRICT;
-- Its runs are trained by the pool.
ALTER TABLE study ADD COLUMN on_pool INTEGER NOT NULL DEFAULT 0 CHECK (on_pool IN (0, 1));
