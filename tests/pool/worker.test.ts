// What a worker does where its machine, its Hindcast or its login is not fit: the run is another's to train, and fails for none of it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { PoolJob } from '../../engine/contract/pool/job.ts';
import { HindcastError } from '../../engine/contract/values/errors.ts';
import { openChunkCache } from '../../engine/pool/data/chunk-cache.ts';
import type { WorkerCalls } from '../../engine/pool/work/calls.ts';
import { type TrainerProcess, trainLeased } from '../../engine/pool/work/train-leased.ts';
import { chunkHash } from '../../engine/store/datasets/chunk-codec.ts';
import { smallExperiment } from '../services/fixture.ts';
import { temporaryFolder } from '../store/helpers.ts';

const data = Buffer.alloc(8);
const of = { encoding: 'f64', rows: 1 };
const piece = { ...of, sha256: chunkHash({ ...of, data }).toString('hex') };
const job = {
  experiment: smallExperiment,
  hold: null,
  checkpoint: null,
  manifest: { dataset: 'waves', series: [{ name: 's', times: [], columns: [] }], samples: null },
};
const withPiece: Partial<PoolJob> = {
  manifest: { dataset: 'waves', series: [{ name: 's', times: [piece], columns: [] }], samples: null },
};

interface Bench {
  readonly released: () => number;
  readonly kinds: string[];
  readonly reports: string[];
  readonly began: () => boolean;
  readonly killed: () => boolean;
  say(message: Parameters<Parameters<TrainerProcess['onMessage']>[0]>[0]): void;
  play(): Promise<'next' | 'rest'>;
}

function bench(payload: object, changes: Partial<WorkerCalls> = {}, folder = temporaryFolder()): Bench {
  const kinds: string[] = [];
  const reports: string[] = [];
  let released = 0;
  let began = false;
  let killed = false;
  let listener: Parameters<TrainerProcess['onMessage']>[0] = () => {};
  const exited = Promise.withResolvers<{ code: number | null; signal: string | null }>();
  // It stands still: no lease runs out because this machine is busy.
  const now = () => 0;
  const calls: WorkerCalls = {
    hello: async () => ({ leaseMs: 60 }),
    bye: async () => {},
    take: async () => null,
    renew: async () => 0,
    release: async () => void released++,
    pieces: async (_lease, hashes) => new Map(hashes.map((hash) => [hash, data])),
    resumePiece: async () => null,
    piece: async () => 'stored',
    put: async (_lease, mails) =>
      mails.map(({ kind }) => {
        kinds.push(kind);
        return 'stored';
      }),
    ...changes,
  };
  return {
    released: () => released,
    kinds,
    reports,
    began: () => began,
    killed: () => killed,
    say: (message) => listener(message),
    play: () =>
      trainLeased({ id: 'a-job', attempt: 1, payload: JSON.stringify(payload), resumePieces: null }, now(), {
        calls,
        cache: openChunkCache(join(folder, 'cache')),
        folder,
        leaseMs: 60,
        threads: { now: 1, most: 1, fixed: true },
        leaving: new AbortController().signal,
        now,
        report: (line) => void reports.push(line),
        onNudge: () => () => {},
        startTrainer: () => ({
          post: () => {},
          onMessage(next) {
            listener = next;
            began = true;
          },
          exited: exited.promise,
          kill() {
            killed = true;
            exited.resolve({ code: null, signal: 'SIGKILL' });
          },
        }),
      }),
  };
}

test('a job of another Hindcast is given back, and the worker leaves with a sentence', async () => {
  const one = bench({ ...job, experiment: { ...smallExperiment, model: { kind: 'not-known-yet' } } });
  await expect(one.play()).rejects.toThrow(/cannot read the job .*use the same Hindcast on both machines/);
  expect([one.released(), one.kinds]).toEqual([1, []]);
});

test('a machine that cannot write its data gives the job back and rests', async () => {
  const file = join(temporaryFolder(), 'no-folder');
  writeFileSync(file, '');
  const one = bench({ ...job, ...withPiece }, {}, file);
  expect(await one.play()).toBe('rest');
  expect([one.released(), one.kinds]).toEqual([1, []]);
  expect(one.reports.at(-1)).toMatch(/gives "small" back: .*it asks for a run again in a while/);
});

const GONE = new HindcastError('invalid-input', 'The login was taken away.');

test('a worker whose login is taken away stops its training at the next renewal', async () => {
  const one: Bench = bench(job, { renew: async () => (one.began() ? Promise.reject(GONE) : 0) });
  expect(await one.play()).toBe('next');
  expect([one.killed(), one.released()]).toEqual([true, 0]);
  expect(one.reports.at(-1)).toBe('gave "small" up: The login was taken away.');
});

test('a message that the server never takes ends the attempt, and nothing is sent after it', async () => {
  let puts = 0;
  const one = bench(job, {
    put: () => {
      puts++;
      return Promise.reject(GONE);
    },
  });
  const played = one.play();
  await expect.poll(one.began).toBe(true);
  one.say({ type: 'failed', error: GONE.toData() });
  one.say({ type: 'failed', error: GONE.toData() });
  expect(await played).toBe('next');
  expect([puts, one.killed()]).toEqual([1, true]);
});
