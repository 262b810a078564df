-- The label of the worker that trains the run, or trained it last; NULL while none has taken it.
ALTER TABLE pool_run ADD COLUMN worker TEXT;
