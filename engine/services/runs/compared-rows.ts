// The metric rows of a run, compared with their checksums before they are read first: some at a time, other calls in between.
import type { RunReference } from '../../contract/ids.ts';
import type { Workspace } from '../../store/workspace.ts';

interface Rows {
  readonly run: RunReference;
  readonly scope: 'step' | 'epoch';
}

/** @throws HindcastError `workspace-damaged`. */
export async function compareRows(
  { metrics, runs }: Pick<Workspace, 'metrics' | 'runs'>,
  { run, scope }: Rows,
): Promise<void> {
  const runId = runs.resolve(run);
  while (!metrics.compareSome(runId, scope)) await new Promise((resolve) => setImmediate(resolve));
}
