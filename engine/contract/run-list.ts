// The run list as it travels: JSON written by SQLite, the field names once and then a row of values for each run. Ten thousand runs
// through a schema and an object walk, or with every name in every row, cost more than all the rest of the call.
import type { RunSummary } from './run.ts';

interface RunListText {
  readonly fields: readonly (keyof RunSummary)[];
  readonly runs: readonly (readonly unknown[])[];
}

/** The engine wrote the text from its own store: trusted inside, so not validated again. */
export function parseRunList(text: string): RunSummary[] {
  const { fields, runs } = JSON.parse(text) as RunListText;
  return runs.map((values) => {
    const run: Partial<Record<keyof RunSummary, unknown>> = {};
    for (let at = 0; at < fields.length; at++) run[fields[at]!] = values[at];
    return run as RunSummary;
  });
}

export function encodeRunList(runs: readonly RunSummary[]): string {
  const fields = Object.keys(runs[0] ?? {}) as (keyof RunSummary)[];
  return JSON.stringify({ fields, runs: runs.map((run) => fields.map((field) => run[field])) });
}

export async function readRunList(blob: Blob): Promise<RunSummary[]> {
  return parseRunList(await blob.text());
}
