-- When the run's next attempt is held at the end of an epoch, as JSON (engine/contract/hold.ts); null: it trains to its end.
ALTER TABLE run ADD COLUMN hold_rule TEXT;
