// Seeds: one experiment with several seeds, which shows how much of a score is luck.
import { z } from 'zod';
import { MOST_SEEDS } from '../contract/studies/study.ts';
import { scoreFindings } from './spread.ts';
import type { StudyKind } from './study-kind.ts';

const SeedSchema = z
  .int()
  .min(0)
  .max(2 ** 32 - 1);

const SeedsPlanSchema = z.object({
  kind: z.literal('seeds'),
  seeds: z
    .array(SeedSchema)
    .min(1)
    .max(MOST_SEEDS)
    .refine((seeds) => new Set(seeds).size === seeds.length, 'must not name a seed twice'),
});

export const seeds: StudyKind<z.infer<typeof SeedsPlanSchema>> = {
  kind: 'seeds',
  plan: SeedsPlanSchema,
  seedsAlone: true,
  next: ({ plan, experiment, issued }) =>
    plan.seeds.slice(issued).map((seed) => ({ label: `seed ${seed}`, experiment: { ...experiment, seed } })),
  summary: (_study, runs) => scoreFindings(runs),
};
