// The predictions of a trained model on one part of its dataset, whatever its task, as an encoded frame of that task.
import { selectBackend } from '../../backends/select.ts';
import type { TrainedModel } from '../../contract/processes/jobs.ts';
import { createParameterSet } from '../../models/parameters.ts';
import type { ScoredPart } from '../../tasks/task-kind.ts';
import { prepareTask } from '../../tasks/task-of.ts';
import { decodeWeights } from '../../training/weights.ts';
import { type DatasetJob, type OpenSource, readTaskData } from './prepare-job.ts';

export interface PredictPartJob extends DatasetJob {
  readonly model: TrainedModel;
  readonly part: ScoredPart;
  readonly threads: number;
}

/** @throws HindcastError for data that does not suit the experiment, for damaged weights, and for more rows than a frame can hold. */
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
