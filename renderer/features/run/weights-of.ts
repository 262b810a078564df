import type { RunSummary } from '../../../engine/contract/runs/run.ts';

/** Which weights forecasts of the run are made with now; others are other forecasts. While it trains, each new best epoch has its own. */
export function weightsOf(run: RunSummary & { readonly weightsHash?: string | null }): string {
  if (run.state === 'running' || run.state === 'paused') return `${run.state} ${run.bestEpoch}`;
  return run.weightsHash ?? `${run.state} ${run.bestEpoch}`;
}
