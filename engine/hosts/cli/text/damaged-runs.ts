// Runs whose rows were changed by damage: what is said of them, and what of them is JSON.
import type { RunSummary } from '../../../contract/runs/run.ts';
import { formatCount } from './format.ts';

const MOST_NAMED = 5;

/** Null where none is damaged. */
export function damagedLine(runs: readonly RunSummary[]): string | null {
  const ids = runs.flatMap(({ id, state }) => (state === 'damaged' ? id : []));
  if (ids.length === 0) return null;
  const more = ids.length > MOST_NAMED ? ` and ${formatCount(ids.length - MOST_NAMED)} more` : '';
  const named = `${ids.length === 1 ? 'Run' : 'Runs'} ${ids.slice(0, MOST_NAMED).join(', ')}${more}`;
  return `${named}: what is stored was changed by damage, and no values are shown; \`hindcast check\` says where, and \`hindcast check --repair\` takes it from a backup.`;
}

/** Of a damaged run only what is known. */
export function jsonOfRun<Run extends RunSummary>(run: Run): Run | Partial<RunSummary> {
  const { id, name, state, reason, datasetName } = run;
  return state === 'damaged' ? { id, name, state, reason, datasetName } : run;
}
