// What a trained model predicts, whatever its task, as an encoded frame of that task: on a part of its dataset, or ahead of the last rows.
import { selectBackend } from '../../backends/select.ts';
import type { PredictJob } from '../../contract/processes/jobs/forecasts.ts';
import type { TrainedModel } from '../../contract/processes/jobs/version.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { createParameterSet } from '../../models/parameters.ts';
import type { ScoredPart } from '../../tasks/task-kind.ts';
import { prepareTask, taskOf } from '../../tasks/task-of.ts';
import { decodeWeights } from '../../training/weights.ts';
import { type DatasetJob, type OpenSource, readTaskData } from './prepare-job.ts';

/** @throws HindcastError for data that does not suit the experiment, for damaged weights, and for more rows than a frame can hold. */
export async function predict(job: PredictJob, openSource: OpenSource): Promise<Uint8Array> {
  const { part } = job;
  if (part !== 'future') return predictPart({ ...job, part }, openSource);
  return job.samples ? answer(job, job.samples, openSource) : predictAhead(job, openSource);
}

export interface PredictPartJob extends DatasetJob {
  readonly model: TrainedModel;
  readonly part: ScoredPart;
  readonly threads: number;
}

export async function predictPart(job: PredictPartJob, openSource: OpenSource): Promise<Uint8Array> {
  const { experiment, threads } = job;
  const machine = await prepareTask(experiment, await readTaskData(job, openSource)).open();
  await selectBackend(experiment.backend, { allowFallback: experiment.allowBackendFallback, threads });
  const parameters = createParameterSet(machine.model.specs, decodeWeights(job.model.weights));
  try {
    return machine.predict(parameters.weight, job.part);
  } finally {
    parameters.dispose();
  }
}

async function answer(
  job: PredictJob,
  samples: NonNullable<PredictJob['samples']>,
  openSource: OpenSource,
): Promise<Uint8Array> {
  const { experiment, model: trained, threads } = job;
  const { kind, answer: ofTask } = taskOf(experiment.task);
  if (!ofTask) {
    const message = `A run of the task "${kind}" answers no samples: give it series to forecast.`;
    throw new HindcastError('invalid-input', message);
  }
  return ofTask(experiment, {
    data: { kind: 'samples', name: 'The new data', samples },
    isNew: true,
    trained,
    ownData: () => readTaskData(job, openSource),
    selectBackend: () =>
      selectBackend(experiment.backend, { allowFallback: experiment.allowBackendFallback, threads }),
  });
}

async function predictAhead(job: PredictJob, openSource: OpenSource): Promise<Uint8Array> {
  const { experiment, threads, series } = job;
  const { kind, predictAhead: ofTask } = taskOf(experiment.task);
  if (!ofTask) {
    const message = `A run of the task "${kind}" predicts nothing ahead of its data; ask for its test or validation part.`;
    throw new HindcastError('invalid-input', message);
  }
  const isNew = series !== undefined;
  const data = isNew
    ? { kind: 'series' as const, name: 'The new data', series }
    : await readTaskData(job, openSource);
  return ofTask(experiment, {
    data,
    isNew,
    trained: job.model,
    ownData: () => readTaskData(job, openSource),
    selectBackend: () =>
      selectBackend(experiment.backend, { allowFallback: experiment.allowBackendFallback, threads }),
  });
}
