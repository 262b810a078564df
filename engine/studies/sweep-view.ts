// A sweep as screens and tables show it.
import type { RunSummary } from '../contract/runs/run.ts';
import type { SweepTrial, SweepView } from '../contract/studies/sweep.ts';
import { importanceOf } from '../search/importance.ts';
import { STOPPERS } from '../search/stoppers/registry.ts';
import type { Study } from './study-kind.ts';
import { type Objective, objectiveOf } from './sweep-objective.ts';
import type { SweepPlan } from './sweep-plan.ts';
import { isActive, rankTrials, repeatsOf, type Trial, trialsOf } from './sweep-trials.ts';

type Sweep = Study<SweepPlan>;

export function sweepView(study: Sweep, runs: readonly RunSummary[]): SweepView {
  const { plan, experiment } = study;
  const { space, method, stopper } = plan;
  const objective = objectiveOf(study);
  const trials = trialsOf(study, runs);
  const ranked = rankTrials(trials);
  const { epochs } = experiment.training;
  return {
    space,
    method: method.kind,
    stopper: stopper.kind,
    objective: objective.name,
    higherIsBetter: objective.shown(1) < 0,
    rungs: [...(STOPPERS.get(stopper.kind)?.rungs?.(epochs, stopper) ?? [])],
    budget: usedOf(plan, trials),
    trials: [
      ...trials.map((trial) => trialView(trial, { objective, repeats: null })),
      ...repeatsView(study, runs, trials, objective),
    ].toSorted((a, b) => a.trial - b.trial),
    best: ranked[0]?.trial ?? null,
    importance: importanceOf(
      space,
      ranked.map(({ values }, rank) => ({ values, rank })),
    ),
    secondsLeft: secondsLeft(study, trials, runs),
  };
}

const MINUTE_MS = 60_000;
const epochsOf = (trials: readonly Trial[]): number =>
  trials.reduce((sum, { run }) => sum + (run?.epoch ?? 0), 0);
const trainedMsOf = (runs: readonly (RunSummary | null)[]): number =>
  runs.reduce((sum, run) => sum + (run?.trainedMs ?? 0), 0);

export function usedOf({ budget }: SweepPlan, trials: readonly Trial[]): SweepView['budget'] {
  return {
    runs: { used: trials.length, most: budget.runs },
    epochs: { used: epochsOf(trials), most: budget.epochs ?? null },
    minutes: { used: trainedMsOf(trials.map(({ run }) => run)) / MINUTE_MS, most: budget.minutes ?? null },
  };
}

interface Context {
  readonly objective: Objective;
  readonly repeats: number | null;
}

function trialView({ trial, values, run, result }: Trial, { objective, repeats }: Context): SweepTrial {
  return {
    trial,
    repeats,
    seed: run?.seed ?? 0,
    values,
    run: run?.id ?? null,
    state: run?.state ?? null,
    epoch: run?.epoch ?? 0,
    totalEpochs: run?.totalEpochs ?? 0,
    result: result === null ? null : objective.shown(result),
    curve: run === null ? [] : thinned(objective.curve(run).map(objective.shown)),
  };
}

function repeatsView(
  { records }: Sweep,
  runs: readonly RunSummary[],
  trials: readonly Trial[],
  objective: Objective,
): SweepTrial[] {
  const byPosition = new Map(runs.map((run) => [run.studyPosition, run]));
  return repeatsOf(records).map(({ repeats, position }) => {
    const run = byPosition.get(position) ?? null;
    const values = trials.find(({ trial }) => trial === repeats)?.values ?? {};
    const result = run === null || run.state === 'failed' ? null : objective.of(run);
    return trialView({ trial: position, values, run, result }, { objective, repeats });
  });
}

const MOST_POINTS = 40;

/** Epoch and value of some evenly spaced epochs, the first and the last among them. */
function thinned(values: readonly number[]): number[] {
  const last = values.length - 1;
  const count = Math.min(values.length, MOST_POINTS);
  return Array.from({ length: count }, (_, index) =>
    count === 1 ? 0 : Math.round((index * last) / (count - 1)),
  ).flatMap((at) => [at + 1, values[at] ?? Number.NaN]);
}

/** By what an epoch and a trial took so far; null before a trial has ended or is held. */
function secondsLeft(
  { plan, experiment, open }: Sweep,
  trials: readonly Trial[],
  runs: readonly RunSummary[],
) {
  const active = runs.filter(isActive);
  if (!open && active.length === 0) return 0;
  const ended = trials.filter(({ run }) => run !== null && !isActive(run));
  const [epochs, trainedMs] = [epochsOf(ended), trainedMsOf(ended.map(({ run }) => run))];
  if (ended.length === 0 || epochs === 0) return null;
  const epochSeconds = trainedMs / epochs / 1_000;
  const { epochs: epochsUse, minutes, runs: runsUse } = usedOf(plan, trials);
  const begun = active.reduce(
    (sum, run) => sum + (run.secondsLeft ?? (run.totalEpochs - run.epoch) * epochSeconds),
    0,
  );
  const still = Math.max(0, (runsUse.most ?? 0) - runsUse.used) * (epochs / ended.length) * epochSeconds;
  const search = Math.min(
    begun + still,
    Math.max(0, ((epochsUse.most ?? Infinity) - epochsUse.used) * epochSeconds) + begun,
    Math.max(0, ((minutes.most ?? Infinity) - minutes.used) * 60) + begun,
  );
  const repeats = repeatsLeft(plan, runs.length - trials.length) * experiment.training.epochs * epochSeconds;
  return (search + repeats) / Math.max(1, Math.min(plan.batch, active.length));
}

const repeatsLeft = ({ repeat }: SweepPlan, begun: number): number =>
  repeat === undefined ? 0 : Math.max(0, repeat.best * repeat.seeds - begun);
