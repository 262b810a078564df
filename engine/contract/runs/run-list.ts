// The wire format of the run list: `[words, row, row, ...]`, with a row of values for each run in the order of `RunSummarySchema`.
// For ten thousand runs, a schema check or property names in every row would cost more than the rest of the call. Texts that many runs
// share, such as the name of a dataset, are in `words` once, and a row has their index.
import { type RunSummary, RunSummarySchema } from './run.ts';

/** Order of the values of a row. */
export const RUN_LIST_FIELDS = Object.keys(RunSummarySchema.shape) as readonly (keyof RunSummary)[];

const SHARED: ReadonlySet<keyof RunSummary> = new Set([
  'state',
  'datasetName',
  'modelKind',
  'backend',
  'targetNames',
  'testMetric',
  'testUnit',
  'testOutcome',
  'bestBaseline',
  'fingerprint',
]);
const IS_SHARED: readonly boolean[] = RUN_LIST_FIELDS.map((field) => SHARED.has(field));

/** The words of a list, which grow with its rows. */
export interface RunWords {
  /** As they travel before the rows. */
  readonly words: readonly unknown[];
  /** Of a row of values: the row that travels, whose words are here from now on. */
  pack(values: readonly unknown[]): unknown[];
}

export function createRunWords(): RunWords {
  const words: unknown[] = [];
  const known = new Map<unknown, number>();
  const indexOf = (word: unknown): number => {
    const index = known.get(word) ?? words.push(word) - 1;
    known.set(word, index);
    return index;
  };
  return {
    words,
    pack: (values) =>
      values.map((value, field) => (IS_SHARED[field] && value !== null ? indexOf(value) : value)),
  };
}

/** The row of values of a run. */
export const runValues = (run: RunSummary): unknown[] => RUN_LIST_FIELDS.map((field) => run[field]);

/** Has every field: a copy of it has the hidden class that all runs share, which adding field by field would look up each time. */
const EMPTY: Readonly<Record<string, unknown>> = Object.fromEntries(
  RUN_LIST_FIELDS.map((field) => [field, null]),
);

function runOf(values: readonly unknown[], words: readonly unknown[]): RunSummary {
  const run: Record<string, unknown> = { ...EMPTY };
  for (let index = 0; index < RUN_LIST_FIELDS.length; index++) {
    const value = values[index];
    // Null is there already.
    if (value === null) continue;
    run[RUN_LIST_FIELDS[index] as string] = IS_SHARED[index] ? words[value as number] : value;
  }
  // The engine wrote the row from its own store, in this order.
  return run as RunSummary;
}

/** The engine wrote the text from its own store: trusted inside, so not validated again. */
export function parseRunList(text: string): RunSummary[] {
  const [words = [], ...rows] = JSON.parse(text) as unknown[][];
  return rows.map((values) => runOf(values, words));
}

export function encodeRunList(runs: readonly RunSummary[]): string {
  const words = createRunWords();
  const rows = runs.map((run) => words.pack(runValues(run)));
  return JSON.stringify([words.words, ...rows]);
}

export async function readRunList(blob: Blob): Promise<RunSummary[]> {
  return parseRunList(await blob.text());
}
