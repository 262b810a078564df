// The trials of a sweep: their values from the study's records, their results from the runs.
import { ACTIVE_STATES, type RunSummary } from '../contract/runs/run.ts';
import { RepeatRecordSchema, type Told, TrialRecordSchema, type Values } from '../contract/studies/search.ts';
import type { TrialCurve } from '../search/stoppers/stopper.ts';
import type { Study } from './study-kind.ts';
import { type Objective, objectiveOf } from './sweep-objective.ts';
import type { SweepPlan } from './sweep-plan.ts';

export interface Trial {
  /** Its position in the study. */
  readonly trial: number;
  readonly values: Values;
  /** Null: it was deleted, so nothing is known of the trial any more. */
  readonly run: RunSummary | null;
  /** The lower the better; null without one, as of a run that failed. */
  readonly result: number | null;
}

export type RankedTrial = Trial & { readonly run: RunSummary; readonly result: number };

export function trialsOf(study: Study<SweepPlan>, runs: readonly RunSummary[]): Trial[] {
  const objective = objectiveOf(study);
  const byPosition = new Map(runs.map((run) => [run.studyPosition, run]));
  return study.records.flatMap(({ position, record }) => {
    const parsed = TrialRecordSchema.safeParse(record);
    if (!parsed.success) return [];
    const run = byPosition.get(position) ?? null;
    const result = run === null || run.state === 'failed' ? null : objective.of(run);
    return [{ trial: position, values: parsed.data.values, run, result }];
  });
}

export function repeatsOf(records: Study['records']) {
  return records.flatMap(({ position, record }) => {
    const parsed = RepeatRecordSchema.safeParse(record);
    return parsed.success ? [{ ...parsed.data, position }] : [];
  });
}

/** Also one that was interrupted: its result is not known before it is resumed. */
export const isActive = ({ state }: Pick<RunSummary, 'state'>): boolean =>
  state === 'interrupted' || ACTIVE_STATES.includes(state);

/** Its result is one of fewer epochs than those of the others: it is held, still trains, was stopped or has diverged. */
const isPartial = ({ state }: RunSummary): boolean => state !== 'completed';

/** What the search may know of it; nothing of a trial whose run is gone. */
export function toldOf({ trial, values, run, result }: Trial): Told[] {
  if (run === null) return [];
  if (isPartial(run) && result !== null && run.epoch > 0)
    return [{ trial, values, result, epochs: run.epoch }];
  return [{ trial, values, result: isActive(run) ? null : (result ?? 'failed') }];
}

/** Best first: those that were trained to their end before the others, and these by their epochs. */
export function rankTrials(trials: readonly Trial[]): RankedTrial[] {
  const known = trials.filter(
    (trial): trial is RankedTrial => trial.run !== null && trial.result !== null && !isActive(trial.run),
  );
  const reach = ({ run }: RankedTrial): number => (isPartial(run) ? run.epoch : Number.MAX_SAFE_INTEGER);
  return known.toSorted((a, b) => reach(b) - reach(a) || a.result - b.result || a.trial - b.trial);
}

export function curveOf({ trial, run }: Trial, objective: Objective): TrialCurve[] {
  if (run === null) return [];
  const state = isActive(run) ? 'active' : run.state === 'held' ? 'held' : 'ended';
  return [
    {
      trial,
      state,
      // Only some stoppers ask for it.
      get best() {
        return objective.curve(run);
      },
    },
  ];
}
