-- What a forecaster of frames said of a few validation windows while it trained. `form` is JSON that says which windows and frames, and
-- their size; frames are base64, so that the row's checksum covers them.
CREATE TABLE run_frames (
  run_id INTEGER PRIMARY KEY REFERENCES run (id) ON DELETE CASCADE,
  form TEXT NOT NULL CHECK (json_valid(form)),
  truth TEXT NOT NULL,
  checksum INTEGER
) STRICT;

-- `psnr` is JSON.
CREATE TABLE run_frames_epoch (
  run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  epoch INTEGER NOT NULL CHECK (epoch > 0),
  step INTEGER NOT NULL CHECK (step >= 0),
  psnr TEXT NOT NULL CHECK (json_valid(psnr)),
  said TEXT NOT NULL,
  checksum INTEGER,
  PRIMARY KEY (run_id, epoch)
) STRICT;
