import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    environment: 'node',
    // Only for what hangs: on a machine that does ten other things a test takes ten times as long.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // Vitest would leave one core to itself, but its own process waits.
    maxWorkers: availableParallelism(),
    // V8's optimizing compiler for WebAssembly from the first call on, which else takes over in the midst of a test or not at all: it is
    // what trains, and what joins vectors (engine/kernels/wide.ts).
    execArgv: ['--no-liftoff'],
    env: { TZ: 'America/New_York' },
  },
});
