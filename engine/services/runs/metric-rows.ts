// The metric rows of a run on the host's thread: compared with their checksums before they are read first, and read some at a time, with
// other calls in between.
import type { MetricsFrame } from '../../contract/datasets/frames.ts';
import type { RunId, RunReference } from '../../contract/values/ids.ts';
import type { Workspace } from '../../store/workspace.ts';
import { untilDone } from '../in-pieces.ts';

type Store = Pick<Workspace, 'metrics' | 'runs'>;

interface Rows {
  readonly run: RunReference;
  readonly scope: 'step' | 'epoch';
}

/** @throws HindcastError `workspace-damaged`. */
export async function compareRows({ metrics, runs }: Store, { run, scope }: Rows): Promise<void> {
  const runId = runs.resolve(run);
  await untilDone(() => !metrics.compareSome(runId, scope));
}

/** Values that are read in a few milliseconds. */
const VALUES_AT_ONCE = 2 ** 15;

export const rowsAtOnce = (names: number): number =>
  Math.max(1, Math.floor(VALUES_AT_ONCE / Math.max(1, names)));

interface WantedRows extends Rows {
  readonly names?: readonly string[] | undefined;
  readonly after: number;
}

/** As `metrics.read`. @throws HindcastError `workspace-damaged`, and `not-found` for an unknown name. */
export async function readRows(
  store: Store,
  { run, scope, names, after }: WantedRows,
): Promise<MetricsFrame> {
  await compareRows(store, { run, scope });
  const { metrics, runs } = store;
  const runId: RunId = runs.resolve(run);
  // Whole rows are read where many names are wanted.
  const most = rowsAtOnce(metrics.names(runId, scope).length);
  const pages: MetricsFrame[] = [];
  await untilDone(() => {
    const page = metrics.read(runId, scope, { names, after: after + pages.length * most, most });
    pages.push(page);
    return page.columns.index.length === most;
  });
  return joined(pages);
}

function joined(pages: readonly MetricsFrame[]): MetricsFrame {
  const [first, ...more] = pages as readonly [MetricsFrame, ...MetricsFrame[]];
  if (more.length === 0) return first;
  const rows = pages.reduce((sum, { columns }) => sum + columns.index.length, 0);
  const index = new Int32Array(rows);
  const values = first.columns.values.map(() => new Float64Array(rows));
  let at = 0;
  for (const { columns } of pages) {
    index.set(columns.index, at);
    values.forEach((column, name) => {
      column.set(columns.values[name]!, at);
    });
    at += columns.index.length;
  }
  return { header: first.header, columns: { index, values } };
}
