// A short campaign; `npm run campaign` plays as many rounds as one likes.
import { expect, test } from 'vitest';
import { temporaryFolder } from '../store/helpers.ts';
import { type Trained, undisturbed } from './host-round.ts';
import { canPlayOtherUser } from './other-user-round.ts';
import { randomFrom } from './random.ts';
import { ROUNDS, type Site } from './rounds.ts';

const seed = Date.now() % 1_000_000;
const NOTHING: Trained = { weightsHash: '', rowsHash: '' };

async function play(kind: keyof typeof ROUNDS, expected = NOTHING): Promise<void> {
  const site: Site = { folder: temporaryFolder(), random: randomFrom(seed), expected };
  await expect(ROUNDS[kind](site), `seed ${seed}`).resolves.toBeDefined();
}

test('a killed writer and a calamity leave a sound workspace', () => play('writer'));

test('flipped bits are found, or harmless', () => play('flips'));

test('a full disk keeps what was stored', () => play('full disk'));

test('a workspace that is killed while it is brought up to date keeps every row', () => play('migration'));

test('another user can neither read nor change a workspace', async ({ skip }) => {
  skip(!canPlayOtherUser(), 'only root can play two users');
  await play('other user');
});

test('a training that is killed and resumed ends with the weights and metrics of an undisturbed one', async () => {
  await play('training', await undisturbed(temporaryFolder()));
});

test('an import of samples and a training on them, both disturbed, end as undisturbed ones', async () => {
  await play('samples');
});
