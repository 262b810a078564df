// Tells the shell about training: progress in the task bar, and a notification when a run ends while the window is in the
// background.
import type { QueryClient } from '@tanstack/react-query';
import type { EngineClient } from '../../engine/connect/connection.ts';
import type { EngineEvent, EventBody } from '../../engine/contract/api/events.ts';
import type { RunState, RunSummary } from '../../engine/contract/runs/run.ts';
import { getPreferences } from '../app/preferences.ts';
import { hrefOf, navigate } from '../app/router.ts';
import type { Shell } from '../shell/shell.ts';
import { formatNumber } from '../ui/format.ts';
import { fractionOf } from '../ui/run-state.tsx';
import { keys, runQuery } from './queries.ts';

export interface RunEndsOptions {
  readonly engine: EngineClient;
  readonly queries: QueryClient;
  readonly shell: Pick<Shell, 'notify' | 'setProgress'>;
}

type RunEnded = Extract<EventBody, { type: 'run.ended' }>;

/** Ends that a user or a study asked for, while more is to come. */
const QUIET_STATES: readonly RunState[] = ['stopped', 'held'];

/** @returns the listener for batches of events. */
export function watchRunEnds({
  engine,
  queries,
  shell,
}: RunEndsOptions): (events: readonly EngineEvent[]) => void {
  queries.getQueryCache().subscribe(({ query, type }) => {
    if (type !== 'updated' || query.queryKey[0] !== keys.runs[0]) return;
    shell.setProgress(progressOf(queries.getQueryData<readonly RunSummary[]>(keys.runs) ?? []));
  });

  /** The list may not have the run yet, or not its last epoch: the engine has. */
  async function tell({ runId, state, reason }: RunEnded): Promise<void> {
    const run = await queries.fetchQuery({ ...runQuery(engine, runId), staleTime: 0 });
    const best = run.bestValidationLoss;
    const detail = reason ?? (best === null ? '' : `Best validation loss ${formatNumber(best)}`);
    shell.notify(`${run.name} ${state}`, detail, () => navigate(hrefOf(['runs', runId])));
  }

  return (events) => {
    for (const { body } of events) {
      if (body.type !== 'run.ended' || QUIET_STATES.includes(body.state)) continue;
      if (!getPreferences().notifyRunEnd) continue;
      // No notification for a run that has been deleted.
      tell(body).catch(() => {});
    }
  };
}

function progressOf(runs: readonly RunSummary[]): number | null {
  const running = runs.filter(({ state }) => state === 'running');
  if (running.length === 0) return null;
  return running.reduce((sum, run) => sum + fractionOf(run), 0) / running.length;
}
