// What a training process needs of a job: its data on this machine's disk and its checkpoint.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type PoolJob, PoolJobSchema } from '../../contract/pool/job.ts';
import { type Piece, piecesOf } from '../../contract/pool/manifest.ts';
import type { ToTrainer } from '../../contract/processes/trainer.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { ChunkCache } from '../data/chunk-cache.ts';
import type { Bundle } from '../data/manifest-source.ts';
import type { Taken, WorkerCalls } from './calls.ts';

export type TrainMessage = Extract<ToTrainer, { type: 'train' }>;

export interface PrepareOptions {
  readonly calls: WorkerCalls;
  readonly cache: ChunkCache;
  /** For the file that the training process reads. */
  readonly folder: string;
  /** Waits where the pool cannot be asked at present. */
  retrying<Result>(ask: () => Promise<Result>): Promise<Result>;
}

/** @throws HindcastError `invalid-input` where this Hindcast cannot read it */
export function parseJob(payload: string): PoolJob {
  const parsed = PoolJobSchema.safeParse(jsonOf(payload));
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new HindcastError(
    'invalid-input',
    `The worker cannot read the job (${field || 'its form'}): use the same Hindcast on both machines.`,
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export type Prepared = Pick<
  TrainMessage,
  'workspacePath' | 'datasetVersionId' | 'experiment' | 'checkpoint' | 'hold'
>;

export async function prepareJob(lease: Taken, job: PoolJob, options: PrepareOptions): Promise<Prepared> {
  const { cache, folder } = options;
  const { manifest, experiment, hold } = job;
  await provide(lease, piecesOf(manifest), options);
  const checkpoint = await checkpointOf(lease, job, options);
  const path = join(folder, `${lease.id}.json`);
  await writeFile(path, JSON.stringify({ cache: cache.folder, manifest } satisfies Bundle), { mode: 0o600 });
  return { workspacePath: path, datasetVersionId: 0, experiment, checkpoint, hold };
}

/** What an attempt before left goes before what the host has sent along. */
async function checkpointOf(
  lease: Taken,
  { checkpoint }: PoolJob,
  options: PrepareOptions,
): Promise<Uint8Array | null> {
  const { calls, cache, retrying } = options;
  const parts: Uint8Array[] = [];
  if (lease.resumePieces !== null) {
    for (let position = 0; position < lease.resumePieces; position++) {
      const part = await retrying(() => calls.resumePiece(lease, position));
      if (part === null) throw missing('its checkpoint');
      parts.push(part);
    }
    return Buffer.concat(parts);
  }
  if (checkpoint === null) return null;
  await provide(lease, checkpoint, options);
  for (const piece of checkpoint) {
    const part = await cache.read(piece);
    if (part === null) throw missing('its checkpoint');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Pieces of a column have about 64 KiB. */
const MOST_TOGETHER = 64;

/** Fetches what the disk lacks; every piece is compared with its hash. */
async function provide(
  lease: Taken,
  pieces: readonly Piece[],
  { calls, cache, retrying }: PrepareOptions,
): Promise<void> {
  const lacking: Piece[] = [];
  for (const piece of pieces) if ((await cache.read(piece)) === null) lacking.push(piece);
  while (lacking.length > 0) {
    const some = lacking.splice(0, MOST_TOGETHER);
    const found = await retrying(() =>
      calls.pieces(
        lease,
        some.map(({ sha256 }) => sha256),
      ),
    );
    for (const piece of some) {
      const data = found.get(piece.sha256);
      if (data === undefined) throw missing('a piece of its data');
      if (!(await cache.write(piece, data)))
        throw new HindcastError('workspace-damaged', 'A piece of the data is not what its hash says.');
    }
  }
}

const missing = (what: string): HindcastError =>
  new HindcastError('not-found', `The pool does not have ${what} any more.`);
