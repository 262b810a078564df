// The table that both sides of a toy job share: one line.
import { job } from '../../../../engine/contract/processes/jobs.ts';

export const TOY_JOBS = {
  countWords: job<{ readonly text: string }, { readonly words: number; readonly bytes: Uint8Array }>(
    'The counting',
  ),
  refuse: job<string, never>('The refusal'),
};
