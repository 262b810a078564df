// Keeps the metric rows of the runs on screen in memory: a live chart asks for them twice a second, and only new rows are then
// read from the store.
import type { RunId } from '../../contract/values/ids.ts';
import { type MovingAverage, movingAverage } from '../../data/reduction.ts';
import type { Workspace } from '../../store/workspace.ts';
import { untilDone } from '../in-pieces.ts';
import { rowsAtOnce } from './metric-rows.ts';

type Scope = 'step' | 'epoch';

export interface MetricRows {
  readonly names: readonly string[];
  /** [rows] */
  readonly index: Float64Array;
  /** For each name [rows]. */
  readonly columns: ReadonlyMap<string, Float64Array>;
  /** [rows] that column as a moving average. Of a run that trains only the new rows are smoothed. */
  smoothed(name: string, weight: number): Float64Array;
}

interface Entry extends MetricRows {
  /** A resumed run drops the rows after its checkpoint; the new attempt writes them again. */
  readonly attempt: number;
  /** By name and weight; of as many rows as there were when it was asked for. */
  readonly averages: Map<string, MovingAverage>;
}

/** The rows asked for last stay, however many they are. */
const MOST_BYTES = 64 * 2 ** 20;
const FLOAT_BYTES = 8;
/** Of a run: a slider that is dragged asks for one weight after the other. */
const MOST_AVERAGES = 16;

export interface MetricCache {
  /** Reads what `rows` would have to read, some rows at a time with other calls between. */
  load(runId: RunId, scope: Scope): Promise<void>;
  /** Every row that the run has now. */
  rows(runId: RunId, scope: Scope): MetricRows;
}

export function createMetricCache(workspace: Workspace): MetricCache {
  const entries = new Map<string, Entry>();

  /** At most that many rows more; null where all are known. */
  function readSome(runId: RunId, scope: Scope, most?: number): Entry | null {
    const key = `${runId} ${scope}`;
    const attempt = workspace.runs.trained(runId).attempts;
    const known = entries.get(key);
    const last = workspace.metrics.lastIndex(runId, scope);
    const usable = known?.attempt === attempt && known.index.length <= last ? known : undefined;
    if (usable?.index.length === last) return null;
    const entry = readOn(workspace, { runId, scope, attempt, usable, most });
    keep(key, entry);
    return entry;
  }

  function keep(key: string, entry: Entry): void {
    entries.delete(key);
    entries.set(key, entry);
    let bytes = 0;
    for (const [other, rows] of [...entries].reverse()) {
      bytes += bytesOf(rows);
      if (bytes > MOST_BYTES && other !== key) entries.delete(other);
    }
  }

  return {
    async load(runId, scope) {
      const most = rowsAtOnce(workspace.metrics.names(runId, scope).length);
      await untilDone(() => readSome(runId, scope, most) !== null);
    },
    rows(runId, scope) {
      const key = `${runId} ${scope}`;
      const entry = readSome(runId, scope) ?? entries.get(key)!;
      keep(key, entry);
      return entry;
    },
  };
}

const bytesOf = ({ index, columns, averages }: Entry): number =>
  FLOAT_BYTES * index.length * (1 + columns.size + averages.size);

interface ReadOn {
  readonly runId: RunId;
  readonly scope: Scope;
  readonly attempt: number;
  readonly usable: Entry | undefined;
  /** Rows. Default: all. */
  readonly most?: number | undefined;
}

/** What is known and the rows after it. */
function readOn(workspace: Workspace, { runId, scope, attempt, usable, most }: ReadOn): Entry {
  const after = usable?.index.length ?? 0;
  const { header, columns } = workspace.metrics.read(runId, scope, { after, most });
  const { names } = header;
  const joined = (before: Float64Array | undefined, after: ArrayLike<number>): Float64Array => {
    const rows = new Float64Array((before?.length ?? 0) + after.length);
    if (before) rows.set(before);
    rows.set(after, before?.length ?? 0);
    return rows;
  };
  const averages = new Map(usable?.averages);
  const all = new Map(
    names.map((name, index) => [name, joined(usable?.columns.get(name), columns.values[index]!)]),
  );
  return {
    names,
    attempt,
    averages,
    index: joined(usable?.index, columns.index),
    columns: all,
    smoothed(name, weight) {
      const values = all.get(name) ?? new Float64Array();
      const key = `${weight} ${name}`;
      const known = averages.get(key);
      if (known?.smooth.length === values.length) return known.smooth;
      const average = movingAverage(values, weight, known);
      averages.set(key, average);
      for (const oldest of [...averages.keys()].slice(0, -MOST_AVERAGES)) averages.delete(oldest);
      return average.smooth;
    },
  };
}
