// Summary of an exported model's card, for a user who opens the folder.
import type { ExportedModel } from '../../contract/results/new-data.ts';
import { asForecastTask } from '../../contract/tasks/forecast.ts';
import type { Card } from './card.ts';
import { CARD_FILE, MODEL_FILE } from './file-names.ts';

export function describeCard(read: Card): ExportedModel {
  const { experiment, input, output, intervals, training, trainedOn, ...card } = read;
  const { features, targets, lookback, horizon } = asForecastTask(experiment.task);
  const { dataset, datasetVersion, dataHash, weightsHash, seed } = training;
  return {
    name: card.name,
    description: card.description,
    modelKind: experiment.model.kind,
    columns: [...new Set([...(features ?? []), ...targets])],
    inputs: input.names,
    targets: output.names,
    levels: output.levels ?? intervals?.levels ?? null,
    quantilesFrom: quantilesFrom(read),
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

function quantilesFrom({ output: { levels }, intervals }: Card): string | null {
  if (!levels) return intervals ? `${intervals.method} calibration` : null;
  return intervals ? `its own, moved by ${intervals.method} calibration` : 'its own';
}

/** What a user should know of the files. */
export function notesOn({ graph }: Card): string[] {
  if (graph !== undefined) return [];
  return [
    `${CARD_FILE} was written by an earlier Hindcast and does not say what ${MODEL_FILE} must be, so a change of that file would not be noticed; export the run again to have it checked.`,
  ];
}
