// `npm run campaign -- [--rounds N] [--seed S]`: kills, full disks, flipped bits, other users, as often as one likes; each round prints
// its seed, which plays it again. `--pool`: rounds with workers of a pool on a PostgreSQL of its own; `--lease SECONDS` of its leases, longer
// where the machine is busy with other work.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { postgresPrograms, startPostgres } from '../pool/postgres.ts';
import { undisturbed } from './host-round.ts';
import { LEASE_MS, makePool, playPoolRound, undisturbedTrace } from './pool-round.ts';
import { randomFrom } from './random.ts';
import { playSeed } from './rounds.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '200' },
    seed: { type: 'string' },
    pool: { type: 'boolean' },
    lease: { type: 'string' },
  },
});
const first = Number(values.seed ?? Date.now() % 1_000_000);
let failed = 0;
const reference = mkdtempSync(join(tmpdir(), 'hindcast-campaign-'));
interface Rounds {
  /** Returns a line. @throws Error that says what was not as it should be. */
  play(seed: number, folder: string): Promise<string>;
  close(): void | Promise<void>;
}

async function localRounds(): Promise<Rounds> {
  const expected = await undisturbed(reference);
  return { play: (seed, folder) => playSeed(seed, { folder, expected }), close: () => {} };
}

async function poolRounds(): Promise<Rounds> {
  if (postgresPrograms() === null)
    throw new Error('--pool needs PostgreSQL (Debian: apt-get install postgresql)');
  const server = await startPostgres();
  process.once('exit', () => void server.close());
  const site = await makePool(server, values.lease === undefined ? LEASE_MS : Number(values.lease) * 1_000);
  const expected = await undisturbedTrace(reference);
  return {
    play: (seed, folder) => playPoolRound({ site, folder, random: randomFrom(seed), expected }),
    close: server.close,
  };
}

const rounds = await (values.pool ? poolRounds() : localRounds());
rmSync(reference, { recursive: true, force: true });

for (let round = 0; round < Number(values.rounds); round++) {
  const seed = first + round;
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-campaign-'));
  try {
    process.stdout.write(`seed ${seed}: ${await rounds.play(seed, folder)}\n`);
    rmSync(folder, { recursive: true, force: true });
  } catch (cause) {
    failed++;
    process.stdout.write(`seed ${seed}: FAILED, kept in ${folder}: ${String(cause)}\n`);
  }
}
await rounds.close();
process.stdout.write(`${values.rounds} rounds from seed ${first}, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
