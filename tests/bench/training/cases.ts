// The cases of the training benchmark. One step = forward + backward + clip + Adam, float32, of a recurrent core whose last state
// goes through a linear layer to one number, with the mean squared error.

export const CELLS = ['rnn', 'gru', 'lstm'] as const;
export type Cell = (typeof CELLS)[number];

export interface TrainingCase {
  readonly cell: Cell;
  readonly units: number;
  readonly batch: number;
  readonly time: number;
  readonly features: number;
}

/** A size and how many times faster than PyTorch (the newest; 1.13) the target says. */
export interface Size extends Omit<TrainingCase, 'cell'> {
  readonly target: number;
  readonly targetOld: number;
}

export const SIZES: readonly Size[] = [
  { units: 32, batch: 32, time: 48, features: 8, target: 2, targetOld: 4 },
  { units: 64, batch: 32, time: 96, features: 7, target: 1.2, targetOld: 3 },
  { units: 128, batch: 64, time: 96, features: 7, target: 1.2, targetOld: 1.5 },
  { units: 256, batch: 64, time: 168, features: 8, target: 0.6, targetOld: 1.2 },
];

export const GATES: Readonly<Record<Cell, number>> = { rnn: 1, gru: 3, lstm: 4 };
export const LEARNING_RATE = 1e-3;
export const CLIP_NORM = 1;

export function sizeName({ units, batch, time, features }: Omit<TrainingCase, 'cell'>): string {
  return `H${units} B${batch} T${time} I${features}`;
}

/** Floating-point operations of the products of one step: forward, and twice that backward. */
export function flopsOf({ cell, units, batch, time, features }: TrainingCase): number {
  return 6 * batch * time * (features + units) * GATES[cell] * units;
}

/** Takes this many steps one after the other and resolves to the time of each, in milliseconds. */
export type Burst = (steps: number) => Promise<number[]>;

/** One contestant: prepares a case and then measures bursts of steps. */
export interface Peer {
  readonly name: string;
  /** Takes part with one step in every tenth round only, because its steps take long. */
  readonly slow?: boolean;
  /** Null where it does not take part. */
  prepare(what: TrainingCase): Promise<Burst | null>;
  close?(): void;
}

/** Deterministic values in [-1, 1) for inputs and weights. */
export function values(count: number, scale: number, seed: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return (state / 2 ** 31 - 1) * scale;
  });
}
