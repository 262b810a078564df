// Local times that occur twice, where the clocks go back: row order decides which of the two is meant. Where the times of the
// rows jump back, the second occurrence of the hour begins. Table in DuckDB: repeated(rn, l, hour, again), the rows with such
// times, until their series are known.
import type { Duck } from '../source/duck.ts';
import { intervalSql, type LocalInterval } from './zone.ts';

/** Expects `local_times`. */
export async function markRepeated(duck: Duck, intervals: readonly LocalInterval[]): Promise<void> {
  if (!intervals.some(({ againUs }) => againUs > 0)) return;
  const again = intervalSql('l', intervals, ({ againUs }) => String(againUs));
  const hour = intervalSql('l', intervals, ({ fromUs }) => String(fromUs));
  await duck.run(
    `CREATE TABLE repeated AS SELECT rn, l, ${hour} AS hour, ${again} AS again FROM local_times WHERE NOT o AND (${again}) > 0`,
  );
}

/**
 * Moves the second occurrences to their time in `stamps` and returns what to say of it. An hour is left as it was read where no time stands
 * twice in it, or where its times go back more than once: then they are in no order.
 */
export async function tellRepeatedHours(duck: Duck, zone: string): Promise<string[]> {
  const [exists] = await duck.numbers("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'repeated'");
  if (!exists) return [];
  // Files may begin with the latest row.
  const ways = 'SELECT s, arg_min(t, rn) > arg_max(t, rn) AS downwards FROM stamps GROUP BY s';
  const ordered = `SELECT r.*, s, CASE WHEN downwards THEN -r.rn ELSE r.rn END AS position
    FROM repeated r JOIN stamps USING (rn) JOIN (${ways}) USING (s)`;
  const before = `SELECT *, lag(l) OVER (PARTITION BY s, hour ORDER BY position) AS before FROM (${ordered})`;
  const resets = `SELECT *, count(*) FILTER (l <= before) OVER (PARTITION BY s, hour ORDER BY position) AS resets FROM (${before})`;
  const decided = `SELECT s, hour FROM (${resets}) GROUP BY s, hour HAVING max(resets) = 1 AND count(DISTINCT l) < count(*)`;
  await duck.run(
    `CREATE TABLE second_hours AS SELECT rn, again FROM (${resets}) JOIN (${decided}) USING (s, hour) WHERE resets = 1`,
  );
  await duck.run('UPDATE stamps SET t = t + again FROM second_hours WHERE stamps.rn = second_hours.rn');
  const [times = 0, second = 0] = await duck.numbers(
    'SELECT (SELECT count(*) FROM repeated), (SELECT count(*) FROM second_hours)',
  );
  await duck.run('DROP TABLE repeated');
  await duck.run('DROP TABLE second_hours');
  if (times === 0) return [];
  const lie = `${times.toLocaleString('en-US')} time${times === 1 ? ' lies' : 's lie'} where the clocks of ${zone} go back and each time comes twice`;
  const taken = `by the order of the rows, ${second.toLocaleString('en-US')} of them were taken for the second occurrence`;
  return [second === 0 ? `${lie}; the first occurrence was taken.` : `${lie}; ${taken}.`];
}
