// The wire format of the run list: JSON written by SQLite, with a row of values for each run in the order of `RunSummarySchema`.
// For ten thousand runs, a schema check or property names in every row would cost more than the rest of the call.
import { type RunSummary, RunSummarySchema } from './run.ts';

/** Order of the values of a row. */
export const RUN_LIST_FIELDS = Object.keys(RunSummarySchema.shape) as readonly (keyof RunSummary)[];

/** Has every field: a copy of it has the hidden class that all runs share, which adding field by field would look up each time. */
const EMPTY: Readonly<Record<string, unknown>> = Object.fromEntries(
  RUN_LIST_FIELDS.map((field) => [field, null]),
);

function runOf(values: readonly unknown[]): RunSummary {
  const run: Record<string, unknown> = { ...EMPTY };
  for (let index = 0; index < RUN_LIST_FIELDS.length; index++)
    run[RUN_LIST_FIELDS[index] as string] = values[index];
  // The engine wrote the row from its own store, in this order.
  return run as RunSummary;
}

/** The engine wrote the text from its own store: trusted inside, so not validated again. */
export function parseRunList(text: string): RunSummary[] {
  return (JSON.parse(text) as unknown[][]).map(runOf);
}

export function encodeRunList(runs: readonly RunSummary[]): string {
  return JSON.stringify(runs.map((run) => RUN_LIST_FIELDS.map((field) => run[field])));
}

export async function readRunList(blob: Blob): Promise<RunSummary[]> {
  return parseRunList(await blob.text());
}
