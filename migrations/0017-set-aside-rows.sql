-- All rows that an import set aside, where the report holds the first 1,000 of them alone: gzip of CSV (line, column, reason, raw), whose own
-- checksum tells damage.
ALTER TABLE dataset_version ADD COLUMN set_aside_rows BLOB;
