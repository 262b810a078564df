// Trains a run again from its seed, and keeps the weights of its epochs: equal seeds give equal weights, as long as the kernels are the
// same, which the hash of the best weights shows.

import type { InsideReplay, ReplayChoice } from '../../contract/inside/replay.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { NamedArray } from '../../models/parameters.ts';
import { openForecast } from '../../tasks/forecast/machine.ts';
import { decodeCheckpoint } from '../../training/checkpoint.ts';
import { train } from '../../training/loop.ts';
import { encodeWeights, hashWeights } from '../../training/weights.ts';
import type { OpenedModel } from './inspected.ts';

export interface Replay {
  readonly answer: InsideReplay;
  readonly weights: ReadonlyMap<number, readonly NamedArray[]>;
}

/** Of all weights that are kept. */
const MOST_BYTES = 256 * 2 ** 20;

/** Leaves no tensor behind. */
export async function replayRun(opened: OpenedModel, { epochs, weightsHash }: ReplayChoice): Promise<Replay> {
  const { experiment, prepared, model } = opened;
  const every = Math.ceil((4 * model.parameterCount * epochs) / MOST_BYTES) || 1;
  const weights = new Map<number, readonly NamedArray[]>();
  let reached = 0;
  let hash: string | null = null;
  const setup = {
    task: openForecast({ experiment, prepared, prepareWith: () => prepared }).training(),
    training: experiment.training,
    seed: experiment.seed,
    checkpoint: null,
    shouldStop: () => reached >= epochs,
    checkpointDue: () => false,
  };
  for await (const event of train(setup)) {
    if (event.type === 'epoch') reached = event.epoch;
    if (event.type === 'checkpoint' && event.epoch === reached && reached > 0 && !weights.has(reached)) {
      if (reached % every === 0 || reached === epochs)
        weights.set(reached, decodeCheckpoint(event.data).weights);
    }
    if (event.type === 'ended') {
      hash = event.best && hashWeights(encodeWeights(event.best.weights));
      if (event.last.epoch === reached && reached > 0) weights.set(reached, event.last.weights);
    }
  }
  const isSame = weightsHash === null ? null : hash === weightsHash;
  const kept = [...weights.keys()].sort((a, b) => a - b);
  return { weights, answer: { epochs: kept, isSame, sentence: sentenceOf(isSame) } };
}

function sentenceOf(isSame: boolean | null): string {
  if (isSame === null)
    return 'The run kept no hash of its weights, so the replay cannot be checked against it.';
  return isSame
    ? 'The replay ended with the same weights as the run, bit for bit.'
    : 'The replay ended with other weights than the run, because it was trained by another version of the kernels or on another backend: its epochs are like those of the run, and not the same.';
}

/** @throws HindcastError `conflict` where that epoch was not replayed. */
export function replayedWeights(replay: Replay | undefined, epoch: number): readonly NamedArray[] {
  const found = replay?.weights.get(epoch);
  if (found) return found;
  const there = replay ? `; the replay kept ${listed(replay.answer.epochs)}` : '; replay the run first';
  throw new HindcastError('conflict', `The weights of epoch ${epoch} were not kept${there}.`, {
    details: { epoch },
  });
}

const listed = (epochs: readonly number[]): string =>
  epochs.length > 8
    ? `epochs ${epochs.slice(0, 3).join(', ')} ... ${epochs.at(-1)}`
    : `epochs ${epochs.join(', ')}`;
