// An exported model in a folder: the contents of its card (runs.exportedModel), and its forecasts of new data. The files are not
// trusted: a worker process with limits reads them, never the engine.

import type { ImportSource } from '../../contract/datasets/dataset.ts';
import type { DescribedModel } from '../../contract/processes/jobs/export.ts';
import type { NewSeries } from '../../contract/processes/jobs/version.ts';
import { ForecastFrame } from '../../contract/results/forecast.ts';
import type { ExportedModel } from '../../contract/results/new-data.ts';
import type { FrameAnswer } from '../../contract/values/frame-answer.ts';
import type { EngineContext } from '../context.ts';
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
): Promise<FrameAnswer> {
  const { trainedOn, model } = await readExported(context, folder, signal);
  const data = await readNewData(context, { trainedOn, columns: model.columns }, input, signal);
  const forecast = forecastSeries(context, folder, data.series, signal);
  return ForecastFrame.toAnswer(await withReading(data, forecast));
}

/** @throws HindcastError `file-missing` where a file is, `file-unreadable` where they are no export as it was written. */
export const readExported = (
  { runJob }: EngineContext,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<DescribedModel> => runJob('read-exported', { folder }, { signal });

/** `runId` of the frame is 0. */
export async function forecastSeries(
  { runJob }: EngineContext,
  folder: string,
  series: readonly NewSeries[],
  signal: AbortSignal | undefined,
): Promise<ForecastFrame> {
  return ForecastFrame.decode(await runJob('forecast-exported', { folder, series }, { signal }));
}

/** What its card says. */
export async function describeExported(
  context: EngineContext,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<ExportedModel> {
  return (await readExported(context, folder, signal)).model;
}
