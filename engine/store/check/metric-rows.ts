// Metric rows: each against its CRC-32, and none missing between the first and the last.
import { blobCell } from '../checks/blob-cell.ts';
import type { Connection } from '../file/connection.ts';
import { isAsStored } from './checksums.ts';
import type { Finding, Stage } from './stage.ts';

export type Scope = 'step' | 'epoch';

/** Rows of one step: a few milliseconds. */
const ROWS = 2_000;
/** A longer gap is the work of a number that changed, and nothing to fill. */
const MOST_MISSING = 10_000;

interface Row {
  readonly at: number;
  readonly metric_values: Buffer;
}

export const checkMetricRows =
  (scope: Scope): Stage =>
  (connection, { run, after }) => {
    const width = widthOf(connection, run, scope);
    const rows = connection.all<Row>(
      `SELECT ${scope} AS at, ${blobCell('metric_values')} FROM run_${scope}_metric WHERE run_id = ? AND ${scope} > ? ORDER BY ${scope} LIMIT ${ROWS}`,
      run,
      after,
    );
    const last = rows.at(-1)?.at;
    const broken = rows
      .filter(({ at, metric_values }) => !isAsStored(metric_values, at, width))
      .map(({ at }) => at);
    return {
      findings: findingsOf({ run, scope }, broken, missing(rows, after)),
      bytes: rows.reduce((sum, row) => sum + row.metric_values.length, 0),
      next: last === undefined ? nextRun(connection, run) : { run, after: last },
    };
  };

export function widthOf(connection: Connection, run: number, scope: Scope): number {
  const sql = 'SELECT count(*) FROM run_metric_name WHERE run_id = ? AND scope = ?';
  return connection.value<number>(sql, run, scope) ?? 0;
}

function nextRun(connection: Connection, run: number) {
  const next = connection.value<number>('SELECT id FROM run WHERE id > ? ORDER BY id LIMIT 1', run);
  return next === undefined ? null : { run: next, after: 0 };
}

/** Indices that should be between the rows; null where they are too many. */
function missing(rows: readonly Row[], after: number): number[] | null {
  const gaps: number[] = [];
  let expected = after + 1;
  for (const { at } of rows) {
    if (at - expected + gaps.length > MOST_MISSING) return null;
    for (; expected < at; expected++) gaps.push(expected);
    expected = at + 1;
  }
  return gaps;
}

interface Rows {
  readonly run: number;
  readonly scope: Scope;
}

function findingsOf(rows: Rows, broken: readonly number[], gaps: readonly number[] | null): Finding[] {
  const of = `The metrics of run ${rows.run} at ${rows.scope}`;
  const helps = '`hindcast check --repair` shows them as missing; a backup has them whole';
  const findings: Finding[] = [];
  if (broken.length > 0)
    findings.push({
      message: `${of} ${listed(broken)} are not what was stored: ${helps}.`,
      repair: { kind: 'blank-rows', ...rows, at: broken },
    });
  if (gaps === null)
    findings.push({
      message: `${of} have a long gap, since a number of a row changed: restore a backup.`,
      repair: null,
    });
  else if (gaps.length > 0)
    findings.push({
      message: `${of} ${listed(gaps)} are gone: ${helps}.`,
      repair: { kind: 'blank-rows', ...rows, at: gaps },
    });
  return findings;
}

export const listed = (at: readonly number[]): string =>
  `${at.slice(0, 5).join(', ')}${at.length > 5 ? ` and ${at.length - 5} more` : ''}`;
