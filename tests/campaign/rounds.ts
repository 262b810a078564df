// The kinds of rounds, and which one a seed plays.
import { playFlipRound } from './flip-round.ts';
import { playFullDiskRound } from './full-disk-round.ts';
import { playHostRound, type Trained } from './host-round.ts';
import { playMigrationRound } from './migration-round.ts';
import { canPlayOtherUser, playOtherUserRound } from './other-user-round.ts';
import { type Random, randomFrom } from './random.ts';
import { playSampleRound } from './sample-round.ts';
import { playWriterRound } from './writer-round.ts';

export interface Site {
  /** An empty folder of the round's own. */
  readonly folder: string;
  readonly random: Random;
  /** What an undisturbed training leaves. */
  readonly expected: Trained;
}

/** Each plays a round and says in a line what happened; it throws an Error that says what was not as it should be. */
type Round = (site: Site) => Promise<string>;

export const ROUNDS = {
  async writer({ folder, random }) {
    const { calamity, rows } = await playWriterRound(folder, random);
    return `${calamity}: sound, ${rows} rows`;
  },
  async flips({ folder, random }) {
    const { found, harmless } = await playFlipRound(folder, random);
    return `flipped bits: ${found} found, ${harmless} harmless`;
  },
  async 'full disk'({ folder, random }) {
    const { disk, rows } = playFullDiskRound(folder, random);
    return `full disk (${disk}): sound, ${rows} rows`;
  },
  async 'other user'({ folder, random }) {
    if (!canPlayOtherUser()) return 'another user: SKIPPED, only root can play two users';
    const { what, files } = playOtherUserRound(folder, random);
    return `another user cannot ${what} ${files} files`;
  },
  async migration({ folder, random }) {
    const { upgraded, kills } = await playMigrationRound(folder, random);
    return `killed while it is brought up to date: sound, new after ${upgraded} of ${kills} kills`;
  },
  async training({ folder, random, expected }) {
    const { victim, weightsHash } = await playHostRound(folder, random, expected);
    return `training, killed: ${victim}: weights ${weightsHash.slice(0, 12)}`;
  },
  async samples({ folder, random }) {
    const { task, imported, victim, weightsHash } = await playSampleRound(folder, random);
    return `${task}: import ${imported}, training killed: ${victim}: weights ${weightsHash.slice(0, 12)}`;
  },
} satisfies Readonly<Record<string, Round>>;

/** In turn; writers are killed most often. */
const TURNS: readonly (keyof typeof ROUNDS)[] = [
  'training',
  'writer',
  'flips',
  'writer',
  'full disk',
  'writer',
  'other user',
  'writer',
  'migration',
  'samples',
];

export function playSeed(seed: number, site: Pick<Site, 'folder' | 'expected'>): Promise<string> {
  return ROUNDS[TURNS[seed % TURNS.length]!]({ ...site, random: randomFrom(seed) });
}
