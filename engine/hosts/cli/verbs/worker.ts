// `hindcast worker --join n1.join`: trains runs of a pool on this machine.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, hostname, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import envPaths from 'env-paths';
import { kernelVersion } from '../../../kernels/kernels.ts';
import { openChunkCache } from '../../../pool/data/chunk-cache.ts';
import { addressText } from '../../../pool/link/address.ts';
import { readJoinFile } from '../../../pool/setup/join-file.ts';
import { runWorker } from '../../../pool/work/run-worker.ts';
import type { TrainerProcess } from '../../../pool/work/train-leased.ts';
import { projectVersion, workerEntry } from '../../node/paths.ts';
import { startNodeWorker } from '../../node/worker-process.ts';
import type { InterruptSignal, Outcome, Terminal, VerbContext } from '../context.ts';
import { signalExitCode } from './follow.ts';

export interface WorkerArguments {
  readonly join: string;
  readonly threads?: number;
  readonly label?: string;
  readonly cache?: string;
}

/** Pieces of datasets beyond this go, those unused for longest first. */
const MOST_CACHED_BYTES = 20 * 2 ** 30;

export async function worker({ terminal }: VerbContext, given: WorkerArguments): Promise<Outcome> {
  const file = readJoinFile(given.join, terminal.nowMs());
  const label = given.label ?? hostname();
  const cores = availableParallelism();
  const threads = given.threads ?? cores;
  const cacheFolder = resolve(given.cache ?? join(envPaths('hindcast', { suffix: '' }).cache, 'pool'));
  await mkdir(cacheFolder, { recursive: true, mode: 0o700 });
  const cache = openChunkCache(cacheFolder);
  await cache.trim(MOST_CACHED_BYTES);
  const folder = await mkdtemp(join(tmpdir(), 'hindcast-worker-'));
  const leaving = new AbortController();
  const left = Promise.withResolvers<void>();
  let by: InterruptSignal = 'SIGINT';
  const off = terminal.onInterrupt((signal) => {
    by = signal;
    if (leaving.signal.aborted) return left.resolve();
    terminal.err('Gives its run back with a checkpoint; Ctrl-C again leaves at once.\n');
    leaving.abort();
  });
  try {
    const working = runWorker({
      join: file,
      identity: {
        label,
        version: projectVersion,
        platform: `${process.platform} ${process.arch}`,
        kernels: kernelVersion,
        cores,
        threads,
        memoryBytes: totalmem(),
      },
      cache,
      folder,
      threads: { now: threads, most: threads, fixed: given.threads !== undefined },
      leaving: leaving.signal,
      startTrainer: () => startTrainer(terminal),
      now: () => performance.now(),
      report: (line) => terminal.err(`${label}: ${line}\n`),
      onJoined: () => terminal.err(`${label}: joined the pool ${addressText(file.address)}\n`),
    });
    await Promise.race([working, left.promise]);
  } finally {
    off();
    await rm(folder, { recursive: true, force: true });
  }
  return { json: { left: true }, text: '', exitCode: signalExitCode(by), leaveAtOnce: true };
}

const startTrainer = (terminal: Terminal): TrainerProcess =>
  startNodeWorker(workerEntry('remote-trainer'), (text) => {
    if (terminal.environment.HINDCAST_LOG) terminal.err(text);
  });
