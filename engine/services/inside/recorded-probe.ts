// What the probe of a run recorded, or why there is nothing.

import type { RunDetail } from '../../contract/runs/run.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { RunReference } from '../../contract/values/ids.ts';
import { shownOf } from '../../inside/kinds.ts';
import type { StoredProbe } from '../../store/runs/probes.ts';
import type { Workspace } from '../../store/workspace.ts';

/** @throws HindcastError `conflict` where nothing was recorded, or not yet. */
export function recordedProbe(workspace: Workspace, reference: RunReference): StoredProbe {
  const runId = workspace.runs.resolve(reference);
  const recorded = workspace.probes.read(runId);
  if (recorded && recorded.snapshots.length > 0) return recorded;
  const run = workspace.runs.detail(runId);
  throw new HindcastError('conflict', `${whyNothing(run)}.`, { details: { run: runId } });
}

function whyNothing({ id, state, step, configuration }: RunDetail): string {
  const nothing = `Run ${id} recorded nothing over its epochs`;
  if (shownOf(configuration) === 'samples')
    return `${nothing}, because the probe looks at windows of series and this model reads samples; look at the view reading, which has the gradient of one sample`;
  if (shownOf(configuration) === 'nothing')
    return `${nothing}, because the probe looks at windows of series and this model reads none; look at its curves`;
  if (!configuration.training.probe) {
    return `${nothing}, because training.probe is off; start it again with training.probe, or look at the gradients and states of the weights that it kept`;
  }
  if (step === 0) return `Run ${id} is ${state} and has not begun to train; look again after its first step`;
  return `${nothing}, because it was trained before there was a probe; start it again, or look at the gradients and states of the weights that it kept`;
}
