// Sequences of numbers, each channel scaled by mean and standard deviation of the training part.
import { z } from 'zod';
import { augmentRows } from '../augment-rows.ts';
import type { ColumnOf, FittedInput, InputKind, InputTask } from './input-kind.ts';

export const ScaleSchema = z.object({ mean: z.array(z.number()), deviation: z.array(z.number()) });
const StateSchema = z.object({ kind: z.literal('sequence'), scale: ScaleSchema });
export type Scale = z.infer<typeof ScaleSchema>;

export const sequenceInput: InputKind<ColumnOf<'sequence'>> = {
  fit(column, task, train) {
    const rows = train.map((row) => column.sequences[row]!);
    const channels = rows[0]?.channels ?? 1;
    return open(
      column,
      task,
      scaleOf(
        rows.map(({ values }) => values),
        channels,
      ),
    );
  },
  restore: (state, column, task) => open(column, task, StateSchema.parse(state).scale),
};

function open(column: ColumnOf<'sequence'>, task: InputTask, scale: Scale): FittedInput {
  const encode = (row: number) => scaled(column.sequences[row]!.values, scale, task.mostSteps);
  const channels = scale.mean.length;
  return {
    state: { kind: 'sequence', scale } as FittedInput['state'],
    shape: { kind: 'rows', channels },
    encode,
    augmented: (row, draw) => augmentRows(encode(row), channels, task.augment, draw),
  };
}

/** Missing numbers do not count. */
export function scaleOf(sequences: readonly Float32Array[], channels: number): Scale {
  const sums = new Float64Array(channels);
  const squares = new Float64Array(channels);
  const counts = new Float64Array(channels);
  for (const values of sequences) {
    for (let at = 0; at < values.length; at++) {
      const value = values[at]!;
      if (Number.isNaN(value)) continue;
      sums[at % channels]! += value;
      counts[at % channels]! += 1;
    }
  }
  const mean = Array.from(sums, (sum, channel) => sum / Math.max(1, counts[channel]!));
  for (const values of sequences) {
    for (let at = 0; at < values.length; at++) {
      const distance = values[at]! - mean[at % channels]!;
      if (!Number.isNaN(distance)) squares[at % channels]! += distance * distance;
    }
  }
  const deviation = Array.from(
    squares,
    (sum, channel) => Math.sqrt(sum / Math.max(1, counts[channel]!)) || 1,
  );
  return { mean, deviation };
}

/** [steps, channels] of at most that many steps; what is missing is the mean. */
export function scaled(values: Float32Array, { mean, deviation }: Scale, longest: number): Float32Array {
  const channels = mean.length;
  const steps = Math.max(1, Math.min(longest, Math.floor(values.length / channels)));
  return Float32Array.from({ length: steps * channels }, (_, at) => {
    const value = ((values[at] ?? Number.NaN) - mean[at % channels]!) / deviation[at % channels]!;
    return Number.isNaN(value) ? 0 : value;
  });
}
