// A short campaign; `npm run campaign` runs any number of rounds.
import { expect, test } from 'vitest';
import { temporaryFolder } from '../store/helpers.ts';
import { playRound, randomFrom } from './campaign.ts';
import { playHostRound, undisturbed } from './host-round.ts';

test('three rounds of kills and calamities leave sound workspaces', async () => {
  const first = Date.now() % 1_000_000;
  for (let seed = first; seed < first + 3; seed++) {
    await expect(playRound(temporaryFolder(), randomFrom(seed)), `seed ${seed}`).resolves.toBeDefined();
  }
});

test('a training that is killed and resumed ends with the weights of an undisturbed one', async () => {
  const seed = Date.now() % 1_000_000;
  const expected = await undisturbed(temporaryFolder());
  const round = playHostRound(temporaryFolder(), randomFrom(seed), expected);
  await expect(round, `seed ${seed}`).resolves.toMatchObject({ weightsHash: expected });
}, 60_000);
