// A worker of a pool in the test's own process; its trainings have processes of their own, as everywhere.
import { join } from 'node:path';
import { workerEntry } from '../../engine/hosts/node/paths.ts';
import { startNodeWorker } from '../../engine/hosts/node/worker-process.ts';
import { kernelVersion } from '../../engine/kernels/kernels.ts';
import { openChunkCache } from '../../engine/pool/data/chunk-cache.ts';
import type { JoinFile } from '../../engine/pool/setup/join-file.ts';
import { runWorker } from '../../engine/pool/work/run-worker.ts';

export interface WorkerHere {
  /** Resolves when it has left. */
  leave(): Promise<void>;
  readonly said: string[];
}

export function startWorkerHere(invitation: JoinFile, folder: string, label: string): WorkerHere {
  const leaving = new AbortController();
  const said: string[] = [];
  const working = runWorker({
    join: invitation,
    identity: {
      label,
      version: '0.0.0',
      platform: 'test',
      kernels: kernelVersion,
      cores: 4,
      threads: 1,
      memoryBytes: 2 ** 30,
    },
    cache: openChunkCache(join(folder, 'cache')),
    folder,
    threads: { now: 1, most: 1, fixed: true },
    leaving: leaving.signal,
    startTrainer: () => startNodeWorker(workerEntry('remote-trainer'), () => {}),
    now: () => performance.now(),
    report: (line) => void said.push(line),
  });
  return {
    said,
    async leave() {
      leaving.abort();
      await working;
    },
  };
}
