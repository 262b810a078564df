// `npm run campaign -- [--rounds N] [--seed S]`: repeats rounds of kills and damage; each round prints the seed that replays it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { playRound, randomFrom } from './campaign.ts';
import { playHostRound, undisturbed } from './host-round.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '200' }, seed: { type: 'string' } },
});
const first = Number(values.seed ?? Date.now() % 1_000_000);
let failed = 0;
/** Every fourth round trains with the whole program. */
const HOST_ROUNDS = 4;
const reference = mkdtempSync(join(tmpdir(), 'hindcast-campaign-'));
const expected = await undisturbed(reference);
rmSync(reference, { recursive: true, force: true });

async function play(seed: number, folder: string): Promise<string> {
  const random = randomFrom(seed);
  if (seed % HOST_ROUNDS === 0) {
    const { victim, weightsHash } = await playHostRound(folder, random, expected);
    return `training, killed: ${victim}: weights ${weightsHash.slice(0, 12)}`;
  }
  const { calamity, rows } = await playRound(folder, random);
  return `${calamity}: sound, ${rows} rows`;
}

for (let round = 0; round < Number(values.rounds); round++) {
  const seed = first + round;
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-campaign-'));
  try {
    process.stdout.write(`seed ${seed}: ${await play(seed, folder)}\n`);
    rmSync(folder, { recursive: true, force: true });
  } catch (cause) {
    failed++;
    process.stdout.write(`seed ${seed}: FAILED, kept in ${folder}: ${String(cause)}\n`);
  }
}
process.stdout.write(`${values.rounds} rounds from seed ${first}, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
