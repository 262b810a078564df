// The table that both sides of a toy job share: one line.
import { job } from '../../../../engine/contract/processes/jobs/job.ts';

export type Misbehaviour = 'spin' | 'fill' | 'list' | 'leave' | 'work' | 'refuse';

const LIMITS = { megabytes: 200, remedy: 'play with another' };

export const TOY_JOBS = {
  countWords: job<{ readonly text: string }, { readonly words: number; readonly bytes: Uint8Array }>(
    'The counting',
  ),
  refuse: job<string, never>('The refusal'),
  limited: job<Misbehaviour, Uint8Array>('The toy', { limits: { ...LIMITS, idleSeconds: 600 } }),
  hurried: job<Misbehaviour, Uint8Array>('The toy', { limits: { ...LIMITS, idleSeconds: 2 } }),
};
