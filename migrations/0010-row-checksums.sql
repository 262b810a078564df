-- A checksum of each row's cells, so that damage to names, states, settings, scores, experiments and events is found: see
-- engine/store/row-checksums.ts, which fills it in. Data, weights and metric rows carry checksums of their own.
ALTER TABLE workspace ADD COLUMN checksum INTEGER;
ALTER TABLE setting ADD COLUMN checksum INTEGER;
ALTER TABLE dataset ADD COLUMN checksum INTEGER;
ALTER TABLE dataset_version ADD COLUMN checksum INTEGER;
ALTER TABLE series ADD COLUMN checksum INTEGER;
ALTER TABLE series_column ADD COLUMN checksum INTEGER;
ALTER TABLE column_chunk ADD COLUMN checksum INTEGER;
ALTER TABLE experiment ADD COLUMN checksum INTEGER;
ALTER TABLE run ADD COLUMN checksum INTEGER;
ALTER TABLE run_setup ADD COLUMN checksum INTEGER;
ALTER TABLE run_label ADD COLUMN checksum INTEGER;
ALTER TABLE run_metric_name ADD COLUMN checksum INTEGER;
ALTER TABLE run_probe ADD COLUMN checksum INTEGER;
ALTER TABLE run_probe_snapshot ADD COLUMN checksum INTEGER;
ALTER TABLE score ADD COLUMN checksum INTEGER;
ALTER TABLE checkpoint ADD COLUMN checksum INTEGER;
ALTER TABLE artifact ADD COLUMN checksum INTEGER;
ALTER TABLE study ADD COLUMN checksum INTEGER;
ALTER TABLE study_experiment ADD COLUMN checksum INTEGER;
ALTER TABLE event ADD COLUMN checksum INTEGER;
