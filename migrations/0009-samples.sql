-- From here on a version may hold samples: rows without times, each with a label. Nothing in the tables changes, but a program that knows
-- series alone must not open them. Of such a version `recipe` has an object `samples` with what is known of all of them; its rows are one
-- row of `series` with the times 0 and no time column; the kinds of its columns are those of samples, and `name`, `group`, `part` and
-- `hash` of the samples themselves. Chunks have further encodings, whose rows are pieces of any length.
SELECT 1;
