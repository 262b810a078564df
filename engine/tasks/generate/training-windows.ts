// The training stretches as examples of one size. Carried: all of them one after the other, cut into as many equally long streams as a batch
// has rows; a batch is the next window of every stream, which continues with the state that the window before left. Apart: each stretch is cut
// into windows of its own, which begin without a state.
import type { Documents, Stretch } from './documents.ts';
import { tokensIn } from './documents.ts';

/** Tokens of a row, and the token that follows each. */
export interface WindowTokens {
  readonly inputs: Int32Array;
  readonly targets: Int32Array;
}

export interface TrainingWindows {
  readonly examples: number;
  readonly isCarried: boolean;
  window(example: number): WindowTokens;
  /** Whether the batch with that example begins the streams. */
  isFirst(example: number): boolean;
  /** The one order that carried windows have. */
  readonly order: Uint32Array | null;
}

export interface WindowOptions {
  readonly window: number;
  readonly batchSize: number;
  /** The model keeps a state. */
  readonly hasState: boolean;
}

/** Where the longest stretch takes several windows, and there is text enough for a window in every stream. */
export function carries(
  stretches: readonly Stretch[],
  { window, batchSize, hasState }: WindowOptions,
): boolean {
  const longest = stretches.reduce((most, { from, to }) => Math.max(most, to - from), 0);
  return hasState && longest > window && tokensIn(stretches) >= window * batchSize;
}

/** How many there are, without reading a text. */
export function countExamples(stretches: readonly Stretch[], options: WindowOptions): number {
  const { window, batchSize } = options;
  return carries(stretches, options)
    ? batchSize * Math.ceil(Math.floor(tokensIn(stretches) / batchSize) / window)
    : stretches.reduce((sum, { from, to }) => sum + Math.ceil((to - from) / window), 0);
}

export function createTrainingWindows(
  documents: Documents,
  stretches: readonly Stretch[],
  options: WindowOptions,
): TrainingWindows {
  return carries(stretches, options)
    ? carried(documents, stretches, options)
    : apart(documents, stretches, options);
}

function apart(
  documents: Documents,
  stretches: readonly Stretch[],
  { window }: WindowOptions,
): TrainingWindows {
  const windows = stretches.flatMap(({ row, from, to }) =>
    Array.from({ length: Math.ceil((to - from) / window) }, (_, index) => ({
      row,
      from: from + index * window,
      to: Math.min(to, from + (index + 1) * window),
    })),
  );
  return {
    examples: windows.length,
    isCarried: false,
    order: null,
    isFirst: () => true,
    window(example) {
      const { row, from, to } = windows[example]!;
      const tokens = documents.tokensOf(row);
      return { inputs: tokens.subarray(from - 1, to - 1), targets: tokens.subarray(from, to) };
    },
  };
}

function carried(
  documents: Documents,
  stretches: readonly Stretch[],
  { window, batchSize }: WindowOptions,
): TrainingWindows {
  const inputs = new Int32Array(tokensIn(stretches));
  const targets = new Int32Array(inputs.length);
  let at = 0;
  for (const { row, from, to } of stretches) {
    const tokens = documents.tokensOf(row);
    inputs.set(tokens.subarray(from - 1, to - 1), at);
    targets.set(tokens.subarray(from, to), at);
    at += to - from;
  }
  // The few tokens that do not fill all streams evenly are left out.
  const length = Math.floor(inputs.length / batchSize);
  const perStream = Math.ceil(length / window);
  const examples = batchSize * perStream;
  return {
    examples,
    isCarried: true,
    order: Uint32Array.from(
      { length: examples },
      (_, index) => (index % batchSize) * perStream + Math.floor(index / batchSize),
    ),
    isFirst: (example) => example % perStream === 0,
    window(example) {
      const start = Math.floor(example / perStream) * length;
      const from = start + (example % perStream) * window;
      const to = Math.min(start + length, from + window);
      return { inputs: inputs.subarray(from, to), targets: targets.subarray(from, to) };
    },
  };
}
