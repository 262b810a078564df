// The test part of a run is not shown while its study hides it, so that no choice is made by it.
import { HindcastError } from '../../contract/values/errors.ts';
import type { RunId } from '../../contract/values/ids.ts';
import type { Workspace } from '../../store/workspace.ts';

/**
 * Before anything that shows what a run forecasts for its test part.
 * @param instead what the user can do now
 * @throws HindcastError `conflict` while the run's study hides it
 */
export function requireShownTest(
  { scores, runs }: Pick<Workspace, 'scores' | 'runs'>,
  runId: RunId,
  instead = 'look at its validation part',
): void {
  if (!scores.hidesTest(runId)) return;
  const study = runs.studyId(runId);
  throw new HindcastError(
    'conflict',
    `The test part of run ${runId} is hidden until study s${study} has ended or is stopped, so that no choice is made by it: ${instead}, or wait for the end.`,
    { details: { run: runId, study } },
  );
}
