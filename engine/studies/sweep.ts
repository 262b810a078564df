// A sweep: trials of one experiment with other values of some fields, chosen by a search method from the validation losses so far.
// Trials are suggested in batches, each after the whole batch before has ended, so that a sweep has the same trials whatever number of
// runs trains at once, and after a crash.
import { z } from 'zod';
import { ACTIVE_STATES, type RunSummary } from '../contract/run.ts';
import { SpaceSchema, type Told, type TrialRecord, TrialRecordSchema } from '../contract/search.ts';
import { METHODS } from '../search/methods/registry.ts';
import { problemOf } from '../search/problem.ts';
import { suggest } from '../search/suggest.ts';
import { scoreFindings } from './spread.ts';
import type { Study, StudyExperiment, StudyKind } from './study-kind.ts';

/** Each suggestion reads all trials before it. */
const MOST_TRIALS = 500;
const MOST_BATCH = 64;

type MethodOptions = z.ZodObject<{ kind: z.ZodLiteral<string> }>;
// The registry forgets that the options of every method are an object with its kind.
const OPTIONS = [...METHODS.values()].map(({ options }) => options as unknown as MethodOptions);
const MethodSchema = z.discriminatedUnion('kind', OPTIONS as [MethodOptions, ...MethodOptions[]]);

/** No trial starts once one of them is used up; those that train come to their end. */
const BudgetSchema = z.strictObject({
  runs: z.int().min(1).max(MOST_TRIALS).default(20),
  /** Of all trials together. */
  epochs: z.int().min(1).optional(),
  /** In training, of all trials together. */
  minutes: z.number().positive().optional(),
});

const SweepPlanSchema = z.strictObject({
  kind: z.literal('sweep'),
  space: SpaceSchema,
  method: MethodSchema.prefault({ kind: 'tpe' }),
  budget: BudgetSchema.prefault({}),
  /** Trials that are suggested together. */
  batch: z.int().min(1).max(MOST_BATCH).default(1),
  /** Of the search; each trial trains with the experiment's seed. */
  seed: z
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .default(1),
});
export type SweepPlan = z.infer<typeof SweepPlanSchema>;

export const sweep: StudyKind<SweepPlan> = {
  kind: 'sweep',
  plan: SweepPlanSchema,
  hidesTest: true,
  next(study, runs) {
    // Also one that was interrupted: its result is not known before it is resumed.
    if (runs.some(({ state }) => state === 'interrupted' || ACTIVE_STATES.includes(state))) return [];
    if (isUsedUp(study.plan, runs)) return [];
    return nextBatch(study, runs);
  },
  summary({ records }, runs) {
    const { note, validation } = scoreFindings(runs);
    const best = bestOf(runs);
    const of = `Best of ${records.length} trials`;
    // Trials differ in more than luck, so their test scores have no mean.
    return { test: null, validation, note: best === null ? note : `${of}: ${best.name}, run ${best.id}.` };
  },
};

function isUsedUp({ budget }: SweepPlan, runs: readonly RunSummary[]): boolean {
  const epochs = runs.reduce((sum, { epoch }) => sum + epoch, 0);
  const minutes = runs.reduce((sum, { trainedMs }) => sum + (trainedMs ?? 0), 0) / 60_000;
  return epochs >= (budget.epochs ?? Infinity) || minutes >= (budget.minutes ?? Infinity);
}

function nextBatch({ plan, experiment, issued, records }: Study<SweepPlan>, runs: readonly RunSummary[]) {
  const { space, method, batch, budget, seed } = plan;
  const search = { problem: problemOf(experiment, space), method };
  const known = toldBy(trialsOf(records), runs);
  const wanted: StudyExperiment[] = [];
  for (let trial = issued + 1; trial <= Math.min(budget.runs, issued + batch); trial++) {
    const suggestion = suggest(search, seed, trial, known);
    if (suggestion === null) break;
    const { values, experiment } = suggestion;
    const record: TrialRecord = { values, seen: known.map(({ trial, result }) => ({ trial, result })) };
    wanted.push({ label: `trial ${trial}`, experiment, record });
    known.push({ trial, values, result: null });
  }
  return wanted;
}

interface Trial extends TrialRecord {
  readonly trial: number;
}

const trialsOf = (records: Study['records']): Trial[] =>
  records.map(({ position, record }) => ({ trial: position, ...TrialRecordSchema.parse(record) }));

/** Trials whose runs were deleted are not known any more. */
function toldBy(trials: readonly Trial[], runs: readonly RunSummary[]): Told[] {
  const byPosition = new Map(runs.map((run) => [run.studyPosition, run]));
  return trials.flatMap(({ trial, values }) => {
    const run = byPosition.get(trial);
    return run === undefined ? [] : [{ trial, values, result: resultOf(run) }];
  });
}

/** The best validation loss; a run without one has failed. */
const resultOf = ({ bestValidationLoss: loss, state }: RunSummary): number | 'failed' =>
  loss !== null && Number.isFinite(loss) && state !== 'failed' ? loss : 'failed';

function bestOf(runs: readonly RunSummary[]): RunSummary | null {
  const results = runs.map((run) => ({ run, result: resultOf(run) }));
  const ranked = results
    .filter(({ result }) => result !== 'failed')
    .toSorted((a, b) => Number(a.result) - Number(b.result));
  return ranked[0]?.run ?? null;
}
