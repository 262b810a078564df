-- Ties the log beside the file to the file: see engine/store/log-mark.ts. One row in a table, so in a page, of its own.
CREATE TABLE log_mark (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  mark BLOB NOT NULL
) STRICT;

-- "Hindcast log m1" and a zero byte; no mark before; none yet.
INSERT INTO log_mark (only_row, mark) VALUES (1, x'48696e6463617374206c6f67206d31000000000000000000000000000000000000000000000000000000000000000000');
