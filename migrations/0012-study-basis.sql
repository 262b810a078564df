-- What an experiment of a study was chosen from, apart from the note: it grows with the study, and only a check of the choice reads it.
ALTER TABLE study_experiment ADD COLUMN basis TEXT;
UPDATE study_experiment SET basis = json_extract(record, '$.seen'), record = json_remove(record, '$.seen')
WHERE json_type(record, '$.seen') = 'array';
