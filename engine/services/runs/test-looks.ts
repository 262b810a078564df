// How often the test part of a run's protocol was looked at: runs with scores of it. The best of many looks better than it is.
import type { RunDetail } from '../../contract/runs/run.ts';
import type { EngineContext } from '../context.ts';

export function withTestLooks(workspace: EngineContext['workspace'], run: RunDetail): RunDetail {
  if (run.fingerprint === null || run.testHidden) return run;
  return { ...run, testLooks: workspace.scores.looks(run.fingerprint) };
}
