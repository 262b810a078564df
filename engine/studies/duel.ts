// A duel: configurations trained with the same seeds on the same protocol, to find out whether one forecasts better beyond luck.
import { z } from 'zod';
import { type Experiment, ExperimentSchema } from '../contract/experiment/experiment.ts';
import type { RunSummary } from '../contract/runs/run.ts';
import { DUEL_SEEDS, MOST_CONTENDERS } from '../contract/studies/duel.ts';
import type { StudyFindings } from '../contract/studies/study.ts';
import { HindcastError } from '../contract/values/errors.ts';
import { spreadOf } from '../words/studies.ts';
import type { StudyExperiment, StudyKind } from './study-kind.ts';

const SeedSchema = z
  .int()
  .min(0)
  .max(2 ** 32 - 1);

const DuelPlanSchema = z
  .object({
    kind: z.literal('duel'),
    /** Of the study's own experiment, then of each other one. */
    labels: z.array(z.string().min(1).max(100)).min(2).max(MOST_CONTENDERS),
    others: z
      .array(ExperimentSchema)
      .min(1)
      .max(MOST_CONTENDERS - 1),
    seeds: z
      .array(SeedSchema)
      .max(DUEL_SEEDS.most)
      .refine(
        (seeds) => seeds.length >= DUEL_SEEDS.fewest,
        'must be two or more: with one, a difference may be luck',
      )
      .refine((seeds) => new Set(seeds).size === seeds.length, 'must not name a seed twice'),
  })
  .refine(({ labels, others }) => labels.length === others.length + 1, {
    path: ['labels'],
    message: 'must have a label for the experiment and for each other one',
  })
  .refine(({ labels }) => new Set(labels).size === labels.length, {
    path: ['labels'],
    message: 'must not name two contenders alike',
  });
export type DuelPlan = z.infer<typeof DuelPlanSchema>;

export const duel: StudyKind<DuelPlan> = {
  kind: 'duel',
  plan: DuelPlanSchema,
  checksEach: true,
  judges: true,
  next({ plan, experiment, issued }) {
    const contenders = [experiment, ...plan.others];
    for (const other of plan.others) requireSameProtocol(experiment, other);
    requireDifferent(contenders, plan.labels);
    return plan.seeds
      .flatMap((seed) =>
        contenders.map(
          (contender, index): StudyExperiment => ({
            label: `${plan.labels[index]} seed ${seed}`,
            experiment: { ...contender, dataset: experiment.dataset, seed },
          }),
        ),
      )
      .slice(issued);
  },
  summary: ({ plan }, runs) => duelFindings(plan, runs),
  configurationOf: (plan, position) => plan.labels[placeOf(plan, position).contender] ?? null,
};

/** Contender and seed of a run, by its position in the study. */
export function placeOf({ labels }: Pick<DuelPlan, 'labels'>, position: number) {
  const index = position - 1;
  return { contender: index % labels.length, seed: Math.floor(index / labels.length) };
}

/** What decides which values are forecast, and how they are scored. */
const protocolOf = ({ task, split, evaluation, dataset }: Experiment): Readonly<Record<string, unknown>> => {
  const fields = task as unknown as Readonly<Record<string, unknown>>;
  const { kind, targets, series, horizon, gaps, origins } = fields;
  return {
    'dataset.name': dataset.name,
    'task.kind': kind,
    'task.targets': targets,
    'task.series': series,
    'task.horizon': horizon,
    'task.gaps': gaps,
    'task.origins': origins,
    'task.metrics': task.metrics[0],
    split,
    evaluation,
  };
};

function requireSameProtocol(first: Experiment, second: Experiment): void {
  const [one, two] = [protocolOf(first), protocolOf(second)];
  const field = Object.keys(one).find((key) => JSON.stringify(one[key]) !== JSON.stringify(two[key]));
  if (field === undefined) return;
  const message = `A duel compares configurations on the same protocol, but ${field} differs between "${first.name}" and "${second.name}"; make it the same in both.`;
  throw new HindcastError('invalid-input', message, { details: { field } });
}

/** @throws HindcastError where two contenders would forecast the same with every seed */
function requireDifferent(contenders: readonly Experiment[], labels: readonly string[]): void {
  const made = contenders.map(({ task, pipeline, model, training, backend }) =>
    inOrder({ task, pipeline, model, training, backend }),
  );
  const second = made.findIndex((text, index) => made.indexOf(text) < index);
  if (second < 0) return;
  const first = made.indexOf(made[second]!);
  const message = `"${labels[first]}" and "${labels[second]}" are the same configuration, so a duel can find no difference between them; change what is to be compared, or leave one out.`;
  throw new HindcastError('invalid-input', message, { details: { field: 'plan.others' } });
}

/** JSON that does not depend on the order in which fields were written. */
const inOrder = (value: unknown): string =>
  JSON.stringify(value, (_key, item: unknown) =>
    typeof item !== 'object' || item === null || Array.isArray(item)
      ? item
      : Object.fromEntries(Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  );

/** The verdict needs the losses of every origin; scores alone say how each contender stands. */
function duelFindings({ labels }: DuelPlan, runs: readonly RunSummary[]): StudyFindings {
  const lines = labels.flatMap((label, index) => {
    const own = runs.filter(
      ({ studyPosition }) => placeOf({ labels }, studyPosition ?? 1).contender === index,
    );
    const spread = spreadOf(own.map(({ testScore }) => testScore));
    if (!spread) return [];
    const deviation = spread.deviation === null ? '' : ` ± ${shown(spread.deviation)}`;
    return [`${label} ${shown(spread.mean)}${deviation}`];
  });
  const note = lines.length === 0 ? null : `Test scores: ${lines.join(', ')}.`;
  // Configurations differ in more than luck: no mean says anything of all of them.
  return { test: null, validation: null, note };
}

const shown = (value: number): string => String(Number(value.toPrecision(4)));
