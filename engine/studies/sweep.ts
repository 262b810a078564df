// A sweep: trials of one experiment with other values of some fields, chosen by a search method from the validation losses so far. A stopper
// may hold trials early and resume the best of them; at the end the best may be trained again with other seeds.

import type { RunSummary } from '../contract/runs/run.ts';
import type { RepeatRecord, TrialBasis, TrialRecord } from '../contract/studies/search.ts';
import type { Spread } from '../contract/studies/study.ts';
import { HindcastError } from '../contract/values/errors.ts';
import { seedsFrom } from '../defaults/seeds.ts';
import { experimentOf } from '../search/problem.ts';
import { STOPPERS } from '../search/stoppers/registry.ts';
import type { Stopper } from '../search/stoppers/stopper.ts';
import { suggestTrials } from '../search/suggest-trials.ts';
import { spreadOf } from '../words/studies.ts';
import { scoreFindings } from './spread.ts';
import type { Study, StudyAsk, StudyExperiment, StudyKind, StudyResumption } from './study-kind.ts';
import { checkObjective, type Objective, objectiveOf } from './sweep-objective.ts';
import { type SweepPlan, SweepPlanSchema } from './sweep-plan.ts';
import {
  curveOf,
  isActive,
  type RankedTrial,
  rankTrials,
  repeatsOf,
  type Trial,
  toldOf,
  trialsOf,
} from './sweep-trials.ts';
import { sweepView, usedOf } from './sweep-view.ts';

type Sweep = Study<SweepPlan>;

export const sweep: StudyKind<SweepPlan> = {
  kind: 'sweep',
  plan: SweepPlanSchema,
  hidesTest: true,
  changeable: ['budget'],
  check(plan, experiment, measured) {
    checkObjective(plan, experiment, measured);
  },
  next(study, runs) {
    const busy = runs.filter(isActive).length;
    const { batch, refill } = study.plan;
    const room = refill ? batch - busy : busy > 0 ? 0 : batch;
    if (room <= 0) return [];
    const trials = trialsOf(study, runs);
    const asks = isUsedUp(study.plan, trials) ? [] : searching(study, trials, room);
    if (asks.length > 0 || busy > 0) return asks;
    const last = finishing(trials);
    return last === null ? repeating(study, trials) : [last];
  },
  configurationOf: () => null,
  sweep: sweepView,
  summary(study, runs) {
    const { note } = scoreFindings(runs);
    const trials = trialsOf(study, runs);
    const [best] = rankTrials(trials);
    // Trials differ in more than luck, so neither their test scores nor their losses have a mean: the best one speaks for them.
    const validation = spreadOf([best?.run.bestValidationLoss ?? null]);
    return { test: null, validation, note: best ? bestNote(best, trials.length, study, runs) : note };
  },
};

/** Repeats with other seeds are not counted. */
function isUsedUp(plan: SweepPlan, trials: readonly Trial[]): boolean {
  const { epochs, minutes } = usedOf(plan, trials);
  return [epochs, minutes].some(({ used, most }) => used >= (most ?? Infinity));
}

function searching(study: Sweep, trials: readonly Trial[], room: number): StudyAsk[] {
  const stopper = stopperOf(study.plan);
  const objective = objectiveOf(study);
  const curves = trials.flatMap((trial) => curveOf(trial, objective));
  const resumed = stopper
    .promote(curves, study.plan.stopper)
    .flatMap(({ trial, hold }) => resumption(trials, trial, hold))
    .slice(0, room);
  const hold = stopper.begin(curves, study.plan.stopper);
  const begun = newTrials(study, trials, room - resumed.length);
  if (begun === 'later') return [...resumed, { waits: true }];
  return [...resumed, ...begun.map((one) => ({ ...one, hold }))];
}

const resumption = (
  trials: readonly Trial[],
  number: number,
  hold: StudyResumption['hold'],
): StudyResumption[] =>
  trials.flatMap(({ trial, run }) => (trial === number && run ? [{ resume: run.id, hold }] : []));

function stopperOf({ stopper }: SweepPlan): Stopper {
  const found = STOPPERS.get(stopper.kind);
  if (!found) throw new HindcastError('internal', `There is no stopper "${stopper.kind}".`);
  return found;
}

function newTrials(
  study: Sweep,
  trials: readonly Trial[],
  room: number,
): readonly StudyExperiment[] | 'later' {
  const { plan, experiment, issued, suggest = suggestTrials } = study;
  const { space, method, budget, seed } = plan;
  const count = Math.min(room, budget.runs - trials.length);
  if (count <= 0) return [];
  const told = trials.flatMap(toldOf);
  const found = suggest({ experiment, space, method, seed, first: issued + 1, count, told });
  if (found === null) return 'later';
  return found.map(({ values, experiment }, index): StudyExperiment => {
    const trial = issued + 1 + index;
    // Those that are begun with it train while it is chosen.
    const beside = found.slice(0, index).map((_, before) => ({ trial: issued + 1 + before, result: null }));
    const basis: TrialBasis = [...told.map(({ values: _values, ...seen }) => seen), ...beside];
    return { label: `trial ${trial}`, experiment, record: { values } satisfies TrialRecord, basis };
  });
}

/** Where every trial is held, the best one trains to its end, so that a sweep has a winner. */
function finishing(trials: readonly Trial[]): StudyResumption | null {
  const ranked = rankTrials(trials);
  if (ranked.some(({ run }) => run.state === 'completed')) return null;
  const best = ranked.find(({ run }) => run.state === 'held');
  return best === undefined ? null : { resume: best.run.id, hold: null };
}

/** The best trials with other seeds, as far as that was not done before. */
function repeating({ plan, experiment, records }: Sweep, trials: readonly Trial[]): StudyExperiment[] {
  if (plan.repeat === undefined) return [];
  const { best, seeds } = plan.repeat;
  const done = new Set(repeatsOf(records).map(({ repeats, seed }) => `${repeats} ${seed}`));
  const others = seedsFrom(experiment.seed + 1, seeds);
  return rankTrials(trials)
    .slice(0, best)
    .flatMap(({ trial, values }) => {
      const again = experimentOf({ base: experiment }, values);
      if (typeof again === 'string') return [];
      return others
        .filter((seed) => !done.has(`${trial} ${seed}`))
        .map((seed) => ({
          label: `trial ${trial} seed ${seed}`,
          experiment: { ...again, seed },
          record: { repeats: trial, seed } satisfies RepeatRecord,
        }));
    });
}

/** Which trial is best, and what other seeds make of it: the difference shows how much of a lead is luck. */
function bestNote(best: RankedTrial, trials: number, study: Sweep, runs: readonly RunSummary[]): string {
  const objective = objectiveOf(study);
  const found = `Best of ${trials} trials: ${best.run.name}, run ${best.run.id}.`;
  const positions = repeatsOf(study.records).flatMap(({ repeats, position }) =>
    repeats === best.trial ? [position] : [],
  );
  const again = runs.filter(({ studyPosition }) => positions.includes(studyPosition ?? 0));
  const spread = spreadOf(again.map((run) => shownOf(objective.of(run), objective)));
  if (spread === null) return found;
  return `${found} With ${countedSeeds(spread.count)} its validation ${objective.name} is ${spreadText(spread)}, with its own ${shownLoss(objective.shown(best.result))}.`;
}

const shownOf = (value: number | null, { shown }: Objective): number | null =>
  value === null ? null : shown(value);
const countedSeeds = (count: number): string => (count === 1 ? 'another seed' : `${count} other seeds`);
const shownLoss = (value: number): string => String(Number(value.toPrecision(4)));
const spreadText = ({ mean, deviation }: Spread): string =>
  deviation === null ? shownLoss(mean) : `${shownLoss(mean)} ± ${shownLoss(deviation)}`;
