// The metric rows of the runs on screen, kept in memory: a live chart asks for them twice a second, and only new rows are then
// read from the store.
import type { RunId } from '../../contract/ids.ts';
import type { Workspace } from '../../store/workspace.ts';

type Scope = 'step' | 'epoch';

export interface MetricRows {
  readonly names: readonly string[];
  /** [rows] */
  readonly index: Float64Array;
  /** For each name [rows]. */
  readonly columns: ReadonlyMap<string, Float64Array>;
}

interface Entry extends MetricRows {
  /** A resumed run drops the rows after its checkpoint; the new attempt writes them again. */
  readonly attempt: number;
}

const MOST_RUNS = 12;

export interface MetricCache {
  /** Every row that the run has now. */
  rows(runId: RunId, scope: Scope): MetricRows;
}

export function createMetricCache(workspace: Workspace): MetricCache {
  const entries = new Map<string, Entry>();
  return {
    rows(runId, scope) {
      const key = `${runId} ${scope}`;
      const attempt = workspace.runs.detail(runId).attempts;
      const known = entries.get(key);
      const last = workspace.metrics.lastIndex(runId, scope);
      const usable = known?.attempt === attempt && known.index.length <= last ? known : undefined;
      const entry =
        usable?.index.length === last ? usable : readOn(workspace, { runId, scope, attempt, usable });
      entries.delete(key);
      entries.set(key, entry);
      for (const oldest of [...entries.keys()].slice(0, -MOST_RUNS)) entries.delete(oldest);
      return entry;
    },
  };
}

interface ReadOn {
  readonly runId: RunId;
  readonly scope: Scope;
  readonly attempt: number;
  readonly usable: Entry | undefined;
}

/** What is known and the rows after it. */
function readOn(workspace: Workspace, { runId, scope, attempt, usable }: ReadOn): Entry {
  const { header, columns } = workspace.metrics.read(runId, scope, { after: usable?.index.length ?? 0 });
  const { names } = header;
  const joined = (before: Float64Array | undefined, after: ArrayLike<number>): Float64Array => {
    const all = new Float64Array((before?.length ?? 0) + after.length);
    if (before) all.set(before);
    all.set(after, before?.length ?? 0);
    return all;
  };
  return {
    names,
    attempt,
    index: joined(usable?.index, columns.index),
    columns: new Map(
      names.map((name, index) => [name, joined(usable?.columns.get(name), columns.values[index]!)]),
    ),
  };
}
