// PyTorch in a child process (pytorch.py), asked step by step, so that its steps alternate with ours.
// Interpreters: those of HINDCAST_BENCH_PYTHON (separated by colons), then python3 and the system's own. Those without torch are
// left out, and of two with the same version the second.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Peer } from './cases.ts';

const script = fileURLToPath(new URL('./pytorch.py', import.meta.url));

export interface Torch {
  readonly python: string;
  readonly version: string;
}

export const torchName = ({ version }: Torch): string => `PyTorch ${version}`;

export function findTorch(): Torch[] {
  const candidates = [
    ...(process.env.HINDCAST_BENCH_PYTHON?.split(':') ?? []),
    'python3',
    '/usr/bin/python3',
  ];
  const found = new Map<string, Torch>();
  for (const python of candidates) {
    const probe = spawnSync(python, ['-c', 'import torch; print(torch.__version__)'], { encoding: 'utf8' });
    const version = probe.status === 0 ? probe.stdout.trim() : '';
    if (version && !found.has(version)) found.set(version, { python, version });
  }
  return [...found.values()];
}

class TorchProcess {
  readonly #child: ChildProcess;
  readonly #answers: AsyncIterator<string>;

  constructor(python: string) {
    // Debian's PyTorch has OpenBLAS threads besides its own, and the two together are many times slower.
    const env = { ...process.env, OPENBLAS_NUM_THREADS: '1' };
    this.#child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'inherit'], env });
    this.#answers = createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]();
  }

  async ask<T>(request: unknown): Promise<T> {
    this.#child.stdin!.write(`${JSON.stringify(request)}\n`);
    const { value } = await this.#answers.next();
    return JSON.parse(value) as T;
  }

  close(): void {
    this.#child.stdin!.end();
  }
}

/** One peer for each number of threads; they share the process. */
export function torchPeers(torch: Torch, threads: readonly number[]): Peer[] {
  const child = new TorchProcess(torch.python);
  let prepared = '';
  return threads.map((count, index) => ({
    name: `${torchName(torch)}, ${count} thread${count > 1 ? 's' : ''}`,
    async prepare(what) {
      const { cell, units, batch, time, features } = what;
      const request = { prepare: { cell, units, batch, time, features } };
      const key = JSON.stringify(request);
      if (prepared !== key) await child.ask(request);
      prepared = key;
      return async (steps) => (await child.ask<{ ms: number[] }>({ threads: count, steps })).ms;
    },
    close: () => (index === 0 ? child.close() : undefined),
  }));
}
