import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    environment: 'node',
    server: { deps: { inline: [/@tensorflow\//] } },
    testTimeout: 60_000,
    env: { TZ: 'America/New_York' },
  },
});
