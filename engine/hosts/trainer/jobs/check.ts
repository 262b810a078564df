// The job `check`: checks a draft against its data and estimates the cost of its training. The data is kept in memory while the
// process lives, since the next draft usually needs the same data.
import { availableMemory } from '../../../backends/available-memory.ts';
import type { DraftSize } from '../../../contract/processes/jobs/datasets.ts';
import type { Jobs } from '../../../contract/processes/jobs/table.ts';
import type { CheckJob, VersionJob } from '../../../contract/processes/jobs/version.ts';
import type { PreparedTask, TaskData } from '../../../tasks/task-kind.ts';
import { prepareTask, taskOf } from '../../../tasks/task-of.ts';
import { checkMemory, estimateTrainingBytes, sizeOfTraining } from '../../../training/memory-estimate.ts';
import { stepWork } from '../../../training/step-work.ts';
import { type OpenSource, readTaskData } from '../prepare-job.ts';
import type { Job } from './job.ts';

export const checkJob: Job<Jobs['check']> = {
  run: async (input, { openSource }) => sizeOf(input, await prepare(input, openSource)),
};

let kept: { readonly key: string; readonly data: TaskData } | undefined;

async function prepare(input: VersionJob, openSource: OpenSource): Promise<PreparedTask> {
  const { workspacePath, datasetVersionId, experiment } = input;
  const { task, dataset } = experiment;
  const key = JSON.stringify([workspacePath, datasetVersionId, dataset.name, taskOf(task).needs(task)]);
  if (kept?.key !== key) {
    kept = undefined;
    kept = { key, data: await readTaskData(input, openSource) };
  }
  return prepareTask(experiment, kept.data);
}

/** @throws HindcastError `invalid-input` for a model that does not suit the data, or needs more memory than there is. */
async function sizeOf({ experiment, samples }: CheckJob, prepared: PreparedTask): Promise<DraftSize> {
  const { inputNames, examples } = prepared;
  const { model, requireTrainable } = await prepared.open();
  requireTrainable?.();
  const kind = taskOf(experiment.task);
  const { parameterCount } = model;
  const memory = sizeOfTraining(model, experiment.training);
  checkMemory(memory, availableMemory(experiment.backend), kind.sizeFields);
  const { batchSize } = experiment.training;
  const stepsPerEpoch = Math.ceil(examples.train / batchSize);
  // The validation pass is a forward pass alone: a third of a training step's work for each example.
  const steps = stepsPerEpoch + examples.validation / batchSize / 3;
  const size = { parameterCount, batchSize, stepsPerExample: kind.stepsPerExample(experiment, samples) };
  return {
    inputs: [...inputNames],
    parts: [...prepared.parts],
    parameterCount,
    stepsPerEpoch,
    memoryBytes: estimateTrainingBytes(memory).totalBytes,
    workPerEpoch: stepWork(size) * steps,
    notes: [...prepared.notes],
    facts: [...(prepared.facts ?? [])],
  };
}
