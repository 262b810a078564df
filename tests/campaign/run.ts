// `npm run campaign -- [--rounds N] [--seed S]`: kills, full disks, flipped bits, other users, as often as one likes; each round prints
// its seed, which plays it again.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { undisturbed } from './host-round.ts';
import { playSeed } from './rounds.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '200' }, seed: { type: 'string' } },
});
const first = Number(values.seed ?? Date.now() % 1_000_000);
let failed = 0;
const reference = mkdtempSync(join(tmpdir(), 'hindcast-campaign-'));
const expected = await undisturbed(reference);
rmSync(reference, { recursive: true, force: true });

for (let round = 0; round < Number(values.rounds); round++) {
  const seed = first + round;
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-campaign-'));
  try {
    process.stdout.write(`seed ${seed}: ${await playSeed(seed, { folder, expected })}\n`);
    rmSync(folder, { recursive: true, force: true });
  } catch (cause) {
    failed++;
    process.stdout.write(`seed ${seed}: FAILED, kept in ${folder}: ${String(cause)}\n`);
  }
}
process.stdout.write(`${values.rounds} rounds from seed ${first}, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
