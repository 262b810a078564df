// Random search: every value of every range is as likely as the others.
import { z } from 'zod';
import { choose } from '../problem.ts';
import type { SearchMethod } from './method.ts';
import { uniformValues } from './uniform.ts';

const OptionsSchema = z.strictObject({ kind: z.literal('random') });

export const random: SearchMethod<z.infer<typeof OptionsSchema>> = {
  kind: 'random',
  options: OptionsSchema,
  propose: (problem, { stream }) => choose(problem, (group) => uniformValues(group, stream)),
};
