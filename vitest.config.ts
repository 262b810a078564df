import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    environment: 'node',
    testTimeout: 60_000,
    // V8's optimizing compiler for WebAssembly from the first call on, which else takes over in the midst of a test or not at all: it is
    // what trains, and what joins vectors (engine/kernels/wide.ts).
    execArgv: ['--no-liftoff'],
    env: { TZ: 'America/New_York' },
  },
});
