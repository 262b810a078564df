// A run on the pool that is disturbed ends with the bits of one that was left alone. `npm run campaign -- --pool` plays many such rounds.
import { expect, test } from 'vitest';
import { makePool, playPoolRound, undisturbedTrace } from '../campaign/pool-round.ts';
import { randomFrom } from '../campaign/random.ts';
import { temporaryFolder } from '../store/helpers.ts';
import { postgresPrograms, startPostgres } from './postgres.ts';

const WHY = postgresPrograms() === null ? ' (SKIPPED: PostgreSQL is not installed)' : '';

test.skipIf(WHY !== '')(
  `a worker that is killed, one that sleeps, a way that is cut and a new host change no bit of a run on the pool${WHY}`,
  async () => {
    const server = await startPostgres();
    try {
      const site = await makePool(server);
      const expected = await undisturbedTrace(temporaryFolder());
      expect(expected.state).toBe('completed');
      const seed = Date.now() % 1_000_000;
      const faults = ['kill', 'zombie', 'new host', 'cut worker'] as const;
      const options = { site, folder: temporaryFolder(), random: randomFrom(seed), expected, faults };
      await expect(playPoolRound(options), `seed ${seed}`).resolves.toBeDefined();
    } finally {
      await server.close();
    }
  },
);
