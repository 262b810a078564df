// Recordings as spectra, each feature scaled by mean and standard deviation of the training part.
import { z } from 'zod';
import { SoundSchema } from '../../../contract/experiment/sound.ts';
import { countText } from '../../../data/count-text.ts';
import { createClipFeatures, usualRate } from '../../../data/samples/audio/clip-features.ts';
import { augmentRows } from '../augment-rows.ts';
import type { ColumnOf, FittedInput, InputKind, InputTask } from './input-kind.ts';
import { ScaleSchema, scaled, scaleOf } from './sequence.ts';

const StateSchema = z.object({
  kind: z.literal('audio'),
  sound: SoundSchema,
  /** Samples a second that the model hears. */
  rate: z.int(),
  scale: ScaleSchema,
});
type State = z.infer<typeof StateSchema>;

export const audioInput: InputKind<ColumnOf<'audio'>> = {
  fit(column, task, train) {
    const { sound } = task;
    const rate = sound.rate ?? usualRate(train.map((row) => column.clips[row]!));
    const features = createClipFeatures(sound, rate);
    const scale = scaleOf(
      train.map((row) => features.of(column.clips[row]!)),
      features.features,
    );
    return open(column, task, { kind: 'audio', sound, rate, scale });
  },
  restore: (state, column, task) => open(column, task, StateSchema.parse(state)),
  notes(column, fitted, train) {
    const { rate } = fitted.state as unknown as State;
    const others = train.filter((row) => column.clips[row]!.rate !== rate).length;
    const text = `${column.name}: ${countText(others)} training recordings of other rates were brought to ${rate} Hz.`;
    return others === 0 ? [] : [{ text, isGrave: false }];
  },
};

/** Scaled features that are kept; more are scaled again when they are asked for. */
const MOST_KEPT_BYTES = 512 * 2 ** 20;

function open(column: ColumnOf<'audio'>, task: InputTask, state: State): FittedInput {
  const { sound, rate, scale } = state;
  const features = createClipFeatures(sound, rate);
  const kept: (Float32Array | undefined)[] = [];
  let bytes = 0;
  const encode = (row: number): Float32Array => {
    const known = kept[row];
    if (known) return known;
    const found = scaled(features.of(column.clips[row]!), scale, task.mostSteps);
    if (bytes + found.byteLength <= MOST_KEPT_BYTES) {
      kept[row] = found;
      bytes += found.byteLength;
    }
    return found;
  };
  return {
    state: state as FittedInput['state'],
    shape: { kind: 'rows', channels: features.features },
    encode,
    augmented: (row, draw) => augmentRows(encode(row), features.features, task.augment, draw),
    stepsOf: (row) => Math.min(task.mostSteps, features.stepsOf(column.clips[row]!)),
  };
}
