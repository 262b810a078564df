// What the shell hears of training: progress in the task bar, and a notification when a run ends while nobody looks.
import type { QueryClient } from '@tanstack/react-query';
import type { EngineEvent } from '../../engine/contract/events.ts';
import type { RunSummary } from '../../engine/contract/run.ts';
import { getPreferences } from '../app/preferences.ts';
import { hrefOf, navigate } from '../app/router.ts';
import type { Shell } from '../shell/shell.ts';
import { formatNumber } from '../ui/format.ts';
import { fractionOf } from '../ui/run-state.tsx';
import { keys } from './queries.ts';

/** @returns the listener for batches of events. */
export function watchRunEnds(queries: QueryClient, shell: Shell): (events: readonly EngineEvent[]) => void {
  const runsNow = () => queries.getQueryData<readonly RunSummary[]>(keys.runs) ?? [];
  queries.getQueryCache().subscribe(({ query, type }) => {
    if (type === 'updated' && query.queryKey[0] === keys.runs[0]) shell.setProgress(progressOf(runsNow()));
  });
  return (events) => {
    for (const { body } of events) {
      if (body.type !== 'run.ended' || body.state === 'stopped' || !getPreferences().notifyRunEnd) continue;
      const run = runsNow().find(({ id }) => id === body.runId);
      if (!run) continue;
      const detail =
        body.reason ??
        (run.bestValidationLoss === null
          ? ''
          : `Best validation loss ${formatNumber(run.bestValidationLoss)}`);
      shell.notify(`${run.name} ${body.state}`, detail, () => navigate(hrefOf(['runs', run.id])));
    }
  };
}

function progressOf(runs: readonly RunSummary[]): number | null {
  const running = runs.filter(({ state }) => state === 'running');
  if (running.length === 0) return null;
  return running.reduce((sum, run) => sum + fractionOf(run), 0) / running.length;
}
