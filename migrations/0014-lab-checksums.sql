-- The rows of labs carry a checksum like all others: see engine/store/row-checksums.ts.
ALTER TABLE lab_result ADD COLUMN checksum INTEGER;
