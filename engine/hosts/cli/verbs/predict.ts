// `hindcast predict RUN --input PATH`: what a classifier says of the samples of a file or folder, as CSV on stdout or in a file.
import { resolve } from 'node:path';
import type { RunReference } from '../../../contract/values/ids.ts';
import type { Outcome, VerbContext } from '../context.ts';
import { refuseExisting, writeNewFile } from '../files.ts';
import { counted } from '../text/format.ts';

export interface PredictArguments {
  readonly run: RunReference;
  readonly input: string;
  readonly out?: string;
  readonly force?: boolean;
}

export async function predict(context: VerbContext, given: PredictArguments): Promise<Outcome> {
  const { run, out, force = false } = given;
  if (out !== undefined) await refuseExisting(out, 'file', force);
  const { client } = await context.connect('existing');
  const input = { kind: 'file' as const, path: resolve(given.input) };
  const { csv, rows, notes } = await client.classify.predict({ run, input });
  if (!context.json) for (const note of notes) context.terminal.err(`note: ${note}\n`);
  const text = await csv.text();
  if (out !== undefined) {
    await writeNewFile(out, new TextEncoder().encode(text), force);
    return { json: { run, rows, notes, file: out }, text: `Wrote ${counted(rows, 'answer')} to ${out}.` };
  }
  return { json: { run, rows, notes, csv: text }, text: text.trimEnd() };
}
