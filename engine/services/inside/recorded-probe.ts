// What the probe of a run recorded, or why there is nothing.
import { HindcastError } from '../../contract/errors.ts';
import type { RunReference } from '../../contract/ids.ts';
import type { RunDetail } from '../../contract/run.ts';
import type { StoredProbe } from '../../store/probes.ts';
import type { Workspace } from '../../store/workspace.ts';

/** @throws HindcastError `conflict` where nothing was recorded, or not yet. */
export function recordedProbe(workspace: Workspace, reference: RunReference): StoredProbe {
  const runId = workspace.runs.resolve(reference);
  const recorded = workspace.probes.read(runId);
  if (recorded && recorded.snapshots.length > 0) return recorded;
  const run = workspace.runs.detail(runId);
  throw new HindcastError('conflict', `${whyNothing(run)}.`, { details: { run: runId } });
}

function whyNothing({ id, state, step, configuration: { training } }: RunDetail): string {
  if (!training.probe) {
    return `Run ${id} recorded nothing over its epochs, because training.probe is off; start it again with training.probe, or look at the gradients and states of the weights that it kept`;
  }
  if (step === 0) return `Run ${id} is ${state} and has not begun to train; look again after its first step`;
  return `Run ${id} recorded nothing over its epochs, because its task has nothing to probe; look at its curves`;
}
