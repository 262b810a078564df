// Checkpoints: everything that a training needs to resume exactly, bit for bit, as one block of bytes.
import { HindcastError } from '../contract/values/errors.ts';
import type { NamedArray } from '../models/parameters.ts';
import { decodeArrayFile, encodeArrayFile } from './array-file.ts';
import type { Progress } from './early-stopping.ts';
import type { OptimizerState } from './optimizers.ts';
import type { StreamName, StreamState } from './random-streams.ts';
import type { Plateau } from './schedules.ts';

const KIND = { letters: 'HCCP', version: 1, noun: 'checkpoint' } as const;

/** The progress of a training, without its arrays. */
export interface Position {
  /** Steps done. */
  readonly step: number;
  /** Epochs whose end is reached. */
  readonly epoch: number;
  /** Batches done of the current epoch. */
  readonly batch: number;
  /** Sum of loss x count over those batches, and of the counts: the training loss of the epoch so far. */
  readonly lossSum: number;
  readonly lossCount: number;
  readonly progress: Progress;
  readonly plateau: Plateau;
}

export interface Checkpoint {
  readonly position: Position;
  /** State of every random stream; `shuffle` as it was before the order of the current epoch was drawn. */
  /** A checkpoint of an earlier version may lack some. */
  readonly streams: Readonly<Partial<Record<StreamName, StreamState>>>;
  readonly weights: readonly NamedArray[];
  readonly optimizer: OptimizerState;
  /** The best epoch so far; null before the first one ended. */
  readonly best: BestEpoch | null;
  /** What the task carries from batch to batch; empty where it carries nothing. */
  readonly carried: readonly NamedArray[];
}

export interface BestEpoch {
  readonly step: number;
  readonly epoch: number;
  readonly weights: readonly NamedArray[];
}

interface Meta {
  readonly position: Position;
  readonly streams: Checkpoint['streams'];
  readonly optimizer: Omit<OptimizerState, 'arrays'>;
  readonly best: Omit<BestEpoch, 'weights'> | null;
}

export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array<ArrayBuffer> {
  const { position, streams, weights, optimizer, best, carried } = checkpoint;
  const meta: Meta = {
    position,
    streams,
    optimizer: { kind: optimizer.kind, numbers: optimizer.numbers },
    best: best && { step: best.step, epoch: best.epoch },
  };
  const arrays = [
    ...prefixed('weights/', weights),
    ...prefixed('optimizer/', optimizer.arrays),
    ...prefixed('best/', best?.weights ?? []),
    ...prefixed('carried/', carried),
  ];
  return encodeArrayFile(KIND, { meta, arrays });
}

/** @throws HindcastError `workspace-damaged` or `workspace-newer`. */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const { meta, arrays } = decodeArrayFile(KIND, bytes);
  const { position, streams, optimizer, best } = meta as Meta;
  return {
    position,
    streams,
    weights: chosen('weights/', arrays),
    optimizer: { ...optimizer, arrays: chosen('optimizer/', arrays) },
    best: best && { ...best, weights: chosen('best/', arrays) },
    carried: chosen('carried/', arrays),
  };
}

/** @throws HindcastError `invalid-input` where the checkpoint was written with another optimizer. */
export function checkOptimizerKind(checkpoint: Checkpoint, kind: string): void {
  if (checkpoint.optimizer.kind === kind) return;
  throw new HindcastError(
    'invalid-input',
    `The checkpoint was written with the optimizer ${checkpoint.optimizer.kind} and cannot continue with ${kind}; start a new run.`,
  );
}

function prefixed(prefix: string, arrays: readonly NamedArray[]): NamedArray[] {
  return arrays.map((array) => ({ ...array, name: prefix + array.name }));
}

function chosen(prefix: string, arrays: readonly NamedArray[]): NamedArray[] {
  return arrays
    .filter(({ name }) => name.startsWith(prefix))
    .map((array) => ({ ...array, name: array.name.slice(prefix.length) }));
}
