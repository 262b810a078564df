// `hindcast forecast RUN`: forecasts with the run's best weights, as CSV on stdout or in a file.
import { resolve } from 'node:path';
import { ForecastFrame, type ForecastHeader } from '../../../contract/results/forecast.ts';
import type { RunReference } from '../../../contract/values/ids.ts';
import { guardRecord } from '../../../export/csv-guard.ts';
import { forecastCsv } from '../../../tasks/forecast/exports/forecast-csv.ts';
import type { Outcome, VerbContext } from '../context.ts';
import { refuseExisting, writeNewFile } from '../files.ts';
import { counted } from '../text/format.ts';
import { UsageError } from '../usage.ts';
import { forecastRows, partFacts } from './forecast-rows.ts';

export interface ForecastArguments {
  readonly run?: RunReference | undefined;
  /** Folder of an exported model, instead of a run. */
  readonly model?: string;
  readonly part: ForecastHeader['part'];
  readonly input?: string;
  readonly out?: string;
  readonly force?: boolean;
  readonly guardFormulas?: boolean;
}

export async function forecast(context: VerbContext, given: ForecastArguments): Promise<Outcome> {
  const { part, out } = given;
  requireSubject(given);
  const force = given.force ?? false;
  // Before the engine works for nothing.
  if (out !== undefined) await refuseExisting(out, 'file', force);
  const { client } = await context.connect('existing');
  const input = given.input === undefined ? undefined : { kind: 'file' as const, path: resolve(given.input) };
  const blob =
    given.model === undefined || input === undefined
      ? await client.runs.forecast({ run: given.run!, part, input })
      : await client.runs.forecastExported({ folder: resolve(given.model), input });
  const frame = await ForecastFrame.fromAnswer(blob);
  const rows = frame.columns.step.length;
  const { runId, notes = [] } = frame.header;
  const summary = { run: runId, part, rows, ...(notes.length > 0 ? { notes } : {}) };
  if (!context.json) for (const note of notes) context.terminal.err(`note: ${note}\n`);
  if (out !== undefined) {
    await writeNewFile(out, new TextEncoder().encode(csvText(frame, given.guardFormulas ?? true)), force);
    return { json: { ...summary, file: out }, text: `Wrote ${counted(rows, 'forecast')} to ${out}.` };
  }
  if (context.json) {
    return { json: { ...summary, ...partFacts(frame), forecasts: forecastRows(frame) }, text: '' };
  }
  return { json: null, text: csvText(frame, given.guardFormulas ?? true).trimEnd() };
}

/** @throws UsageError unless there is a run, or an exported model with data. */
function requireSubject({ run, model, input }: ForecastArguments): void {
  if (run === undefined && model === undefined) {
    throw new UsageError(
      'forecast needs a run, or --model with the folder of an exported model; `hindcast forecast --help` shows examples.',
    );
  }
  if (run !== undefined && model !== undefined) {
    throw new UsageError('forecast takes a run or --model, not both; leave one of them out.');
  }
  if (model !== undefined && input === undefined) {
    throw new UsageError('--model needs --input FILE with the data to forecast after.', {
      option: '--input',
    });
  }
}

function csvText(frame: ForecastFrame, guardFormulas: boolean): string {
  const lines = forecastCsv(frame);
  return `${(guardFormulas ? lines.map(guardRecord) : lines).join('\n')}\n`;
}
