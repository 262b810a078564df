// runs.forecastExported: an exported model, in a folder of its own, and new data.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImportSource } from '../contract/dataset.ts';
import { HindcastError } from '../contract/errors.ts';
import { decodeFrame, frameBlob } from '../contract/frame.ts';
import { CARD_FILE, MODEL_FILE, parseCard, WEIGHTS_FILE } from '../export/tfjs/card.ts';
import type { EngineContext } from './context.ts';
import { readNewData } from './new-data.ts';
import { runJob } from './trainer-job.ts';

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
  const read = (name: string) => readPart(folder, name);
  const card = (await read(CARD_FILE)).toString('utf8');
  const json = (await read(MODEL_FILE)).toString('utf8');
  const weights = await read(WEIGHTS_FILE);
  const series = await readNewData(context, parseCard(card).trainedOn, input, signal);
  const answer = await runJob(
    context.host.startTrainer(),
    { type: 'forecast-exported', files: { json, weights: new Uint8Array(weights) }, card, series },
    signal,
  );
  if (answer.type === 'forecast') return frameBlob(decodeFrame(answer.frame));
  throw new HindcastError('internal', 'The forecast gave another answer than asked for.');
}

function readPart(folder: string, name: string): Promise<Buffer> {
  return readFile(join(folder, name)).catch((cause) => {
    const message = `${folder} holds no ${name}; give the folder of \`hindcast export RUN --format tfjs\`, whole.`;
    throw new HindcastError('file-missing', message, { details: { file: join(folder, name) }, cause });
  });
}
