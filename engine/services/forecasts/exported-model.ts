// An exported model in a folder: the contents of its card (runs.exportedModel), and its forecasts of new data.
import type { ImportSource } from '../../contract/dataset.ts';
import { ForecastFrame } from '../../contract/forecast.ts';
import type { ExportedModel } from '../../contract/new-data.ts';
import type { NewSeries } from '../../contract/processes/jobs.ts';
import { asForecastTask } from '../../contract/tasks/forecast.ts';
import {
  CARD_FILE,
  MODEL_FILE,
  parseCard,
  requireGraph,
  requireWeights,
  WEIGHTS_FILE,
} from '../../export/tfjs/card.ts';
import type { EngineContext } from '../context.ts';
import { readModelFile } from './model-files.ts';
import { readNewData, withReading } from './new-data.ts';

export interface ExportedForecastRequest {
  readonly folder: string;
  readonly input: ImportSource;
}

/** @throws HindcastError `file-missing` or `file-unreadable` for the folder, and those of reading new data. */
export async function forecastExported(
  context: EngineContext,
  { folder, input }: ExportedForecastRequest,
  signal: AbortSignal | undefined,
): Promise<Blob> {
  const model = await readExported(folder);
  const data = await readNewData(context, parseCard(model.card).trainedOn, input, signal);
  return ForecastFrame.toBlob(await withReading(data, forecastSeries(context, model, data.series, signal)));
}

const MEGABYTE = 1024 * 1024;
/** Far above what an export writes. */
const MOST_BYTES = { card: 16 * MEGABYTE, graph: 64 * MEGABYTE, weights: 2_000 * MEGABYTE };

/** The files of a model's folder as they are. */
export interface ExportedFiles {
  /** card.json */
  readonly card: string;
  /** model.json */
  readonly json: string;
  readonly weights: Uint8Array;
}

/** @throws HindcastError `file-missing` where one of them is, `file-unreadable` where card and weights do not belong together. */
export async function readExported(folder: string): Promise<ExportedFiles> {
  const card = await readModelFile(folder, CARD_FILE, MOST_BYTES.card);
  const parsed = parseCard(card.toString('utf8'));
  const json = await readModelFile(folder, MODEL_FILE, MOST_BYTES.graph);
  requireGraph(parsed, json);
  const weights = await readModelFile(folder, WEIGHTS_FILE, MOST_BYTES.weights);
  requireWeights(parsed, weights);
  return { card: card.toString('utf8'), json: json.toString('utf8'), weights: new Uint8Array(weights) };
}

/** `runId` of the frame is 0. */
export async function forecastSeries(
  { runJob }: EngineContext,
  { card, json, weights }: ExportedFiles,
  series: readonly NewSeries[],
  signal: AbortSignal | undefined,
): Promise<ForecastFrame> {
  const frame = await runJob('forecast-exported', { files: { json, weights }, card, series }, { signal });
  return ForecastFrame.decode(frame);
}

/** What its card says. */
export async function describeExported(folder: string): Promise<ExportedModel> {
  const files = await readExported(folder);
  const { experiment, input, output, training, trainedOn, ...card } = parseCard(files.card);
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
  };
}
