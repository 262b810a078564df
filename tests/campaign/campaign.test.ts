// A short campaign; `npm run campaign` plays as many rounds as one likes.
import { expect, test } from 'vitest';
import { temporaryFolder } from '../store/helpers.ts';
import { playRound, randomFrom } from './campaign.ts';

test('three rounds of kills and calamities leave sound workspaces', async () => {
  const first = Date.now() % 1_000_000;
  for (let seed = first; seed < first + 3; seed++) {
    await expect(playRound(temporaryFolder(), randomFrom(seed)), `seed ${seed}`).resolves.toBeDefined();
  }
});
