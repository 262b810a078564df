import { globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/**
 * Folders whose tests only compute, in this process and without a TensorFlow backend: a worker runs one file after the other and loads
 * each module once. The others start processes, choose a backend or count tensors: each file has a worker of its own.
 */
const COMPUTING = [
  'contract',
  'data',
  'defaults',
  'evaluation',
  'hosts/cli',
  'numerics',
  'renderer',
  'search',
  'services',
  'store',
  'tasks',
  'words',
];
/**
 * What a file changes for all that its worker loads or reads: such a file has a worker of its own, too. tests/data/import/support.ts
 * removes its folder after the file that loaded it.
 */
const CHANGES_ITS_WORKER =
  /\bvi\.(mock|doMock|stub\w+|spyOn|useFakeTimers)\(|\bglobalThis\b|\bprocess\.env\.\w+ = |\/support\.ts'/;

const together = globSync(`tests/{${COMPUTING}}/**/*.test.ts`)
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => !CHANGES_ITS_WORKER.test(readFileSync(path, 'utf8')));

export default defineConfig({
  test: {
    environment: 'node',
    // Only for what hangs: on a machine that does ten other things a test takes ten times as long.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 120_000 } },
    // Vitest would leave one core to itself, but its own process waits.
    maxWorkers: availableParallelism(),
    // V8's optimizing compiler for WebAssembly from the first call on, which else takes over in the midst of a test or not at all: it is
    // what trains, and what joins vectors (engine/kernels/wide.ts).
    execArgv: ['--no-liftoff'],
    env: { TZ: 'America/New_York' },
    projects: [
      { extends: true, test: { name: 'alone', include: ['tests/**/*.test.ts'], exclude: together } },
      { extends: true, test: { name: 'together', include: together, isolate: false } },
    ],
  },
});
