// The columns of a run in SQL, derived from the schemas of the contract: `someName` is the column `run.some_name`.
import { z } from 'zod';
import { RunDetailColumnsSchema, type RunSummary, RunSummarySchema } from '../../contract/runs/run.ts';
import { runValues } from '../../contract/runs/run-list.ts';
import { FloatSchema } from '../../contract/values/float.ts';
import type { RunId } from '../../contract/values/ids.ts';
import { withoutValues } from '../checks/damaged-run.ts';
import type { DamagedScores } from '../checks/damaged-scores.ts';
import { isDamaged } from '../checks/row-checksums.ts';
import type { Connection, SqlValue } from '../file/connection.ts';
import { type FloatCell, fromFloatCell, toFloatCell } from '../float-cell.ts';

/** `float` may be NaN (a text in its cell) or infinite; `truth` is 0 or 1 in its cell. */
type CellKind = 'plain' | 'float' | 'truth';

export interface RunColumn {
  readonly field: string;
  /** Of the table `run`; null where another table holds it. */
  readonly column: string | null;
  readonly sql: string;
  readonly kind: CellKind;
}

/** What the list shows of a run and another table holds. */
const ELSEWHERE: Readonly<Partial<Record<keyof RunSummary, string>>> = {
  datasetName: 'dataset.name',
  datasetVersion: 'dataset_version.version',
};
export type StoredElsewhere = 'datasetName' | 'datasetVersion';

/** Columns that nothing outside the store shows. */
const HiddenColumnsSchema = z.object({
  heartbeatAtMs: z.int().nullable(),
  attemptStartedAtMs: z.int().nullable(),
  /** JSON of a HoldRule. */
  holdRule: z.string().nullable(),
});

/** Of the list, in the order in which they travel. */
export const LIST_COLUMNS: readonly RunColumn[] = columnsOf(RunSummarySchema.shape);

/** Every column of the table `run` whose value a run has. */
const STORED = new Map(
  [...LIST_COLUMNS, ...columnsOf(RunDetailColumnsSchema.shape), ...columnsOf(HiddenColumnsSchema.shape)]
    .filter(({ column }) => column !== null)
    .map((column) => [column.field, column]),
);

export type StoredRun = Omit<RunSummary, StoredElsewhere> &
  z.infer<typeof RunDetailColumnsSchema> &
  z.infer<typeof HiddenColumnsSchema>;

function columnsOf(shape: Readonly<Record<string, z.ZodType>>): RunColumn[] {
  return Object.entries(shape).map(([field, schema]) => {
    const elsewhere = ELSEWHERE[field as keyof RunSummary];
    const column = elsewhere === undefined ? snakeCase(field) : null;
    return { field, column, sql: elsewhere ?? `run.${column}`, kind: cellKind(schema) };
  });
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
}

function cellKind(schema: z.ZodType): CellKind {
  const inner = schema instanceof z.ZodNullable ? schema.unwrap() : schema;
  if (inner === FloatSchema) return 'float';
  return inner instanceof z.ZodBoolean ? 'truth' : 'plain';
}

/** The columns that a patch sets, with their cells; fields that are no columns of `run` are left out. */
export function runCells(patch: Readonly<Partial<StoredRun>>): Map<string, SqlValue> {
  const cells = new Map<string, SqlValue>();
  for (const [field, value] of Object.entries(patch)) {
    const stored = STORED.get(field);
    if (stored?.column && value !== undefined) cells.set(stored.column, toCell(value, stored.kind));
  }
  return cells;
}

function toCell(value: unknown, kind: CellKind): SqlValue {
  if (kind === 'truth') return value === true ? 1 : 0;
  // The schema of the column says so: `kind` is made from it.
  return kind === 'float' ? toFloatCell(value as number | null) : (value as string | number | null);
}

/** A row of `selectSummary` as the contract has it. */
export function summaryOf(row: Readonly<Record<string, SqlValue>>, scores: DamagedScores): RunSummary {
  const entries = LIST_COLUMNS.map(({ field, kind }) => [field, fromCell(row[field] ?? null, kind)]);
  const run = Object.fromEntries(entries) as RunSummary;
  return shownOf(run, row.damaged === 1, scores) ?? run;
}

/** What is shown instead of a damaged run; null where it is whole. */
function shownOf(run: RunSummary, isDamaged: boolean, scores: DamagedScores): RunSummary | null {
  if (isDamaged) return withoutValues(run);
  return scores.has(run.id) ? withoutValues(run, 'score') : null;
}

function fromCell(cell: SqlValue, kind: CellKind): unknown {
  if (kind === 'truth') return cell === 1;
  return kind === 'float' ? fromFloatCell(cell as FloatCell) : cell;
}

const FROM = `
  FROM run
  LEFT JOIN dataset_version ON dataset_version.id = run.dataset_version_id
  LEFT JOIN dataset ON dataset.id = dataset_version.dataset_id`;

/** Each field of the list under its name, as stored, and `damaged`, for one run: `WHERE run.id = ?` is the caller's. */
export const selectSummary = (connection: Connection): string =>
  `SELECT ${LIST_COLUMNS.map(({ field, sql }) => `${sql} AS ${field}`).join(', ')}, ${isDamaged(connection, 'run')} AS damaged ${FROM}`;

/** The values of a run's row in the list as JSON, and behind them whether they are damaged. */
export const selectJson = (connection: Connection): string =>
  `SELECT json_array(${LIST_COLUMNS.map(jsonOf).join(', ')}, ${isDamaged(connection, 'run')}) ${FROM}`;

/** The values of a JSON text of `selectJson`; of a damaged row those that are shown. */
export function listedValues(json: string, id: RunId, scores: DamagedScores): readonly unknown[] {
  const values = JSON.parse(json) as unknown[];
  const isWhole = values.pop() === 0;
  if (isWhole && !scores.has(id)) return values;
  const run = Object.fromEntries(
    LIST_COLUMNS.map(({ field }, index) => [field, values[index]]),
  ) as RunSummary;
  return runValues(shownOf(run, !isWhole, scores) ?? run);
}

function jsonOf({ sql, kind }: RunColumn): string {
  if (kind === 'truth') return `json(iif(${sql}, 'true', 'false'))`;
  if (kind === 'float')
    return `iif(typeof(${sql}) <> 'text' AND abs(${sql}) <= 1.7976931348623157e308, ${sql}, NULL)`;
  return sql;
}
