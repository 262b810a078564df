// The job `read-exported`: what the folder of an exported model says of itself.
import type { ExportedModel } from '../../../contract/new-data.ts';
import type { Jobs } from '../../../contract/processes/jobs.ts';
import { asForecastTask } from '../../../contract/tasks/forecast.ts';
import type { Card } from '../../../export/tfjs/card.ts';
import { notesOn, readExported } from '../exported-model/read-exported.ts';
import type { Job } from './job.ts';

export const readExportedJob: Job<Jobs['read-exported']> = {
  async run({ folder }) {
    const { card } = await readExported(folder);
    return { model: summaryOf(card), trainedOn: card.trainedOn };
  },
};

function summaryOf(read: Card): ExportedModel {
  const { experiment, input, output, training, trainedOn, ...card } = read;
  const { features, targets, lookback, horizon } = asForecastTask(experiment.task);
  const { dataset, datasetVersion, dataHash, weightsHash, seed } = training;
  return {
    name: card.name,
    description: card.description,
    modelKind: experiment.model.kind,
    columns: [...new Set([...(features ?? []), ...targets])],
    inputs: input.names,
    targets: output.names,
    lookback,
    horizon,
    frequencies: [...new Set(trainedOn.series.map(({ frequency }) => frequency))],
    series: trainedOn.series.map(({ name }) => name),
    timeColumn: trainedOn.reading.timeColumn ?? null,
    units: card.units,
    whyModelUnits: card.whyModelUnits,
    stepsBefore: card.stepsBefore,
    dataset,
    datasetVersion,
    dataHash,
    weightsHash,
    seed,
    scores: card.scores,
    verified: card.verified,
    notes: notesOn(read),
  };
}
