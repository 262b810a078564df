// `npm run campaign -- [--rounds N] [--seed S]`: kills and calamities without end; each round prints its seed, which plays it again.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { playRound, randomFrom } from './campaign.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '200' }, seed: { type: 'string' } },
});
const first = Number(values.seed ?? Date.now() % 1_000_000);
let failed = 0;
for (let round = 0; round < Number(values.rounds); round++) {
  const seed = first + round;
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-campaign-'));
  try {
    const { calamity, rows } = await playRound(folder, randomFrom(seed));
    process.stdout.write(`seed ${seed}: ${calamity}: sound, ${rows} rows\n`);
    rmSync(folder, { recursive: true, force: true });
  } catch (cause) {
    failed++;
    process.stdout.write(`seed ${seed}: FAILED, kept in ${folder}: ${String(cause)}\n`);
  }
}
process.stdout.write(`${values.rounds} rounds from seed ${first}, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
