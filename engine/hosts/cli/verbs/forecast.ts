// `hindcast forecast RUN`: forecasts with the run's best weights, as CSV on stdout or in a file.
import { resolve } from 'node:path';
import type { ForecastFrame, ForecastHeader } from '../../../contract/forecast.ts';
import { readFrameBlob } from '../../../contract/frame.ts';
import type { RunReference } from '../../../contract/ids.ts';
import { forecastCsv } from '../../../export/csv.ts';
import type { Outcome, VerbContext } from '../context.ts';
import { refuseExisting, writeNewFile } from '../files.ts';
import { counted } from '../text/format.ts';
import { forecastRows } from './forecast-rows.ts';

export interface ForecastArguments {
  readonly run: RunReference;
  readonly part: ForecastHeader['part'];
  readonly input?: string;
  readonly out?: string;
  readonly force?: boolean;
}

export async function forecast(context: VerbContext, given: ForecastArguments): Promise<Outcome> {
  const { run, part, out } = given;
  const force = given.force ?? false;
  // Before the engine works for nothing.
  if (out !== undefined) await refuseExisting(out, 'file', force);
  const { client } = await context.connect('existing');
  const input = given.input === undefined ? undefined : { kind: 'file' as const, path: resolve(given.input) };
  const blob = await client.runs.forecast({ run, part, input });
  // The columns are those that the contract names for this call.
  const frame = (await readFrameBlob<ForecastHeader>(blob)) as ForecastFrame;
  const rows = frame.columns.step.length;
  const summary = { run: frame.header.runId, part, rows };
  if (out !== undefined) {
    await writeNewFile(out, new TextEncoder().encode(csvText(frame)), force);
    return { json: { ...summary, file: out }, text: `Wrote ${counted(rows, 'forecast')} to ${out}.` };
  }
  if (context.json) return { json: { ...summary, forecasts: forecastRows(frame) }, text: '' };
  return { json: null, text: csvText(frame).trimEnd() };
}

const csvText = (frame: ForecastFrame): string => `${forecastCsv(frame).join('\n')}\n`;
