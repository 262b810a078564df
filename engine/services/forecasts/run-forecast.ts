// Forecasts of a trained run, made in a worker process with the run's own pipeline and best weights.

import type { NewSeries, TrainedModel } from '../../contract/processes/jobs/version.ts';
import { ForecastFrame } from '../../contract/results/forecast.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { RunId } from '../../contract/values/ids.ts';
import { decodeCheckpoint } from '../../training/checkpoint.ts';
import { encodeWeights } from '../../training/weights.ts';
import type { EngineContext } from '../context.ts';

export type ForecastPart = 'future' | 'test' | 'validation';

export async function forecastRun(
  context: EngineContext,
  runId: RunId,
  part: ForecastPart,
  signal: AbortSignal | undefined,
  series?: readonly NewSeries[],
): Promise<ForecastFrame> {
  const frame = ForecastFrame.decode(await predictRun(context, runId, part, signal, series));
  return { ...frame, header: { ...frame.header, runId } };
}

/** An encoded frame of the run's task. */
export async function predictRun(
  { workspace, runJob }: EngineContext,
  runId: RunId,
  part: ForecastPart,
  signal: AbortSignal | undefined,
  series?: readonly NewSeries[],
): Promise<Uint8Array> {
  const run = workspace.runs.wholeDetail(runId);
  return runJob(
    'predict',
    {
      workspacePath: workspace.path,
      datasetVersionId: run.datasetVersionId,
      experiment: run.configuration,
      model: trainedModel(workspace, runId),
      part,
      series,
      threads: 1,
    },
    { signal },
  );
}

/** @throws HindcastError `conflict` where no epoch has ended. */
export function trainedModel(workspace: EngineContext['workspace'], runId: RunId): TrainedModel {
  const weights = bestWeights(workspace, runId);
  if (weights) return { fitted: workspace.runs.fitted(runId), weights };
  const { state } = workspace.runs.summary(runId);
  throw new HindcastError(
    'conflict',
    `Run ${runId} is ${state} and has no finished weights to forecast with; let it train to its end, or stop it after an epoch.`,
    { details: { run: runId, state } },
  );
}

/** The best ones kept at the end or, while it trains, the best of its last checkpoint; null before the first epoch's end. */
function bestWeights(workspace: EngineContext['workspace'], runId: RunId): Uint8Array | null {
  const best = workspace.checkpoints.read(runId, 'best');
  if (best) return best.data;
  const isTraining = workspace.checkpoints.info(runId).some(({ hasOptimizerState }) => hasOptimizerState);
  const last = isTraining ? workspace.checkpoints.read(runId, 'last') : undefined;
  if (!last) return null;
  const inCheckpoint = decodeCheckpoint(last.data).best;
  return inCheckpoint && encodeWeights(inCheckpoint.weights);
}
