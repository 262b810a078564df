// Whether the rows of a table are events of samples: which column says whose they are, which one when they were, and which words they say.
import type { ImportOptions } from '../../../contract/datasets/dataset.ts';
import { isMissing } from '../../import/columns/number-style.ts';
import { areIrregular, eventTimes } from './event-times.ts';
import type { RawSamples } from './raw-samples.ts';
import { describeColumn, type TextColumn } from './text-columns.ts';

export interface EventLog {
  /** Indices of columns. Whose event a row is. */
  readonly id: number;
  /** Null: the rows stand in order. */
  readonly time: number | null;
  /** [rows] NaN where it cannot be read. */
  readonly times: Float64Array | null;
  /** What an event says: words and numbers that change within a sample. */
  readonly fields: readonly number[];
  /** The one of the fields that says what happened; null: none has words. */
  readonly activity: number | null;
  /** The same in all rows of a sample. */
  readonly constant: readonly number[];
  /** Of too many different words to be a field. */
  readonly left: readonly number[];
}

const USUAL = {
  id: /^(case|trace|session|visit|visitor|user|customer|client|patient|order|ticket|account|player|student|journey|incident)([ _.:-]?(id|nr|no|number|key))?$|^case:concept:name$/i,
  time: /^(time|timestamp|ts|date|datetime|when|start|start[ _]?time|time:timestamp|event[ _]?time|created([ _]?at)?|completed?)$/i,
  activity:
    /^(activity|action|event|event[ _]?(name|type)|task|step|page|url|screen|click|command|operation|concept:name|activity[ _]?name|transaction)$/i,
  label:
    /^(label|class|outcome|result|target|y|churn(ed)?|converted|diagnosis|fraud|success|status|case:label)$/i,
} as const;

const FEWEST_SAMPLES = 4;
const MOST_CLASSES = 50;
const MOST_WORDS = 1_000;

/**
 * Without \`sampleColumn\`: only where names, a label that is constant within each sample (or names that leave no doubt) and irregular times say so.
 * Null where the rows are samples themselves.
 */
export function findEventLog(raw: RawSamples, options: ImportOptions): EventLog | null {
  const isNamed = raw.names.some((name) => USUAL.id.test(name.trim()));
  // To describe columns takes time.
  if (options.sampleColumn === undefined && !isNamed) return null;
  const columns = raw.names.map((name, at) => describeColumn(name, cellsOf(raw, at)));
  if (options.sampleColumn !== undefined)
    return logOf(raw, columns, { id: raw.names.indexOf(options.sampleColumn), ...options });
  const id = columns.find(
    ({ name, known, distinct }) => USUAL.id.test(name.trim()) && repeats(known, distinct),
  );
  if (id === undefined) return null;
  const log = logOf(raw, columns, { id: columns.indexOf(id), ...options });
  return log !== null && isUnmistakable(raw, columns, log, options) ? log : null;
}

/** Whether the names of the columns alone would let a table be such a log. */
export const mayBeEventLog = (names: readonly string[]): boolean =>
  [USUAL.id, USUAL.time, USUAL.activity].every((usual) => names.some((name) => usual.test(name.trim())));

const cellsOf = ({ rows }: RawSamples, column: number): string[] => rows.map((row) => row[column] ?? '');
const repeats = (known: number, distinct: number): boolean =>
  distinct >= FEWEST_SAMPLES && known >= 2 * distinct;

interface Asked {
  readonly id: number;
  readonly timeColumn?: string | undefined;
}

function logOf(raw: RawSamples, columns: readonly TextColumn[], { id, timeColumn }: Asked): EventLog | null {
  const others = [...columns.keys()].filter((column) => column !== id);
  const timed = timeIn(raw, columns, timeColumn, others);
  const values = others.filter((column) => column !== timed?.column && columns[column]!.known > 0);
  const isConstant = constancy(raw, id);
  const changing = values.filter((column) => !isConstant(column));
  const left = changing.filter(
    (column) => columns[column]!.kind !== 'numeric' && columns[column]!.distinct > MOST_WORDS,
  );
  const fields = changing.filter((column) => !left.includes(column));
  const words = fields.filter((column) => columns[column]!.kind !== 'numeric');
  const usual = words.find((column) => USUAL.activity.test(columns[column]!.name.trim()));
  return {
    id,
    time: timed?.column ?? null,
    times: timed?.times ?? null,
    fields,
    activity: usual ?? words[0] ?? null,
    constant: values.filter(isConstant),
    left,
  };
}

function timeIn(
  raw: RawSamples,
  columns: readonly TextColumn[],
  named: string | undefined,
  others: readonly number[],
) {
  const usual = others.filter((column) => USUAL.time.test(columns[column]!.name.trim()));
  const dated = others.filter((column) => columns[column]!.kind !== 'numeric');
  const wanted = named === undefined ? [...new Set([...usual, ...dated])] : [raw.names.indexOf(named)];
  for (const column of wanted) {
    const times = eventTimes(cellsOf(raw, column));
    if (times) return { column, times };
  }
  return null;
}

/** Whether a column says the same in all rows of each sample, where it says anything. */
function constancy({ rows }: RawSamples, id: number): (column: number) => boolean {
  return (column) => {
    const known = new Map<string, string>();
    for (const row of rows) {
      const cell = (row[column] ?? '').trim();
      if (isMissing(cell)) continue;
      const of = row[id]!.trim();
      const before = known.get(of) ?? cell;
      if (before !== cell) return false;
      known.set(of, cell);
    }
    return true;
  };
}

function isUnmistakable(
  raw: RawSamples,
  columns: readonly TextColumn[],
  { id, time, times, activity, constant }: EventLog,
  { as, labelColumn }: ImportOptions,
): boolean {
  if (time === null || times === null || activity === null) return false;
  const isCalled = (column: number, usual: RegExp) => usual.test(columns[column]!.name.trim());
  const isNamed = isCalled(time, USUAL.time) && isCalled(activity, USUAL.activity);
  const isLabel = (column: number) =>
    columns[column]!.name === labelColumn ||
    isCalled(column, USUAL.label) ||
    (columns[column]!.kind === 'category' && constant.length === 1);
  const hasLabel = constant.some(
    (column) => columns[column]!.distinct > 1 && columns[column]!.distinct <= MOST_CLASSES && isLabel(column),
  );
  // Asked for as samples, what happened may be called anything.
  if (!(isNamed || (as === 'samples' && hasLabel))) return false;
  const groups = Map.groupBy(raw.rows.keys(), (row) => raw.rows[row]![id]!.trim());
  return areIrregular(
    [...groups.values()].map((rows) => rows.map((row) => times[row]!).filter(Number.isFinite)),
  );
}
