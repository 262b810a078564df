// The trials of a sweep: their values from the study's records, their results from the runs.
import { ACTIVE_STATES, type RunSummary } from '../contract/run.ts';
import { RepeatRecordSchema, type Told, TrialRecordSchema, type Values } from '../contract/search.ts';
import type { TrialCurve } from '../search/stoppers/stopper.ts';
import type { Study } from './study-kind.ts';

export interface Trial {
  /** Its position in the study. */
  readonly trial: number;
  readonly values: Values;
  /** Null: it was deleted, so nothing is known of the trial any more. */
  readonly run: RunSummary | null;
}

export type RankedTrial = Trial & { readonly run: RunSummary; readonly loss: number };

export function trialsOf(records: Study['records'], runs: readonly RunSummary[]): Trial[] {
  const byPosition = new Map(runs.map((run) => [run.studyPosition, run]));
  return records.flatMap(({ position, record }) => {
    const parsed = TrialRecordSchema.safeParse(record);
    if (!parsed.success) return [];
    return [{ trial: position, values: parsed.data.values, run: byPosition.get(position) ?? null }];
  });
}

export function repeatsOf(records: Study['records']) {
  return records.flatMap(({ position, record }) => {
    const parsed = RepeatRecordSchema.safeParse(record);
    return parsed.success ? [{ ...parsed.data, position }] : [];
  });
}

const isActive = ({ state }: RunSummary): boolean => state === 'interrupted' || ACTIVE_STATES.includes(state);

/** The best validation loss; null without one, as of a run that failed. */
const lossOf = ({ bestValidationLoss: loss, state }: RunSummary): number | null =>
  loss !== null && Number.isFinite(loss) && state !== 'failed' ? loss : null;

/** Its loss is one of fewer epochs than those of the others: it is held, still trains, was stopped or has diverged. */
const isPartial = ({ state }: RunSummary): boolean => state !== 'completed';

/** What the search may know of it; nothing of a trial whose run is gone. */
export function toldOf({ trial, values, run }: Trial): Told[] {
  if (run === null) return [];
  const loss = lossOf(run);
  if (isPartial(run) && loss !== null && run.epoch > 0)
    return [{ trial, values, result: loss, epochs: run.epoch }];
  return [{ trial, values, result: isActive(run) ? null : (loss ?? 'failed') }];
}

/** Best first: those that were trained to their end before the others, and these by their epochs. */
export function rankTrials(trials: readonly Trial[]): RankedTrial[] {
  const known = trials.flatMap(({ run, ...trial }) => {
    const loss = run === null || isActive(run) ? null : lossOf(run);
    return run === null || loss === null ? [] : [{ ...trial, run, loss }];
  });
  const reach = ({ run }: RankedTrial): number => (isPartial(run) ? run.epoch : Number.MAX_SAFE_INTEGER);
  return known.toSorted((a, b) => reach(b) - reach(a) || a.loss - b.loss || a.trial - b.trial);
}

export function curveOf({ trial, run }: Trial, study: Study): TrialCurve[] {
  if (run === null) return [];
  const state = isActive(run) ? 'active' : run.state === 'held' ? 'held' : 'ended';
  return [
    {
      trial,
      state,
      // Only some stoppers ask for it.
      get best() {
        return runningMinimum(study.curve(run.id, 'validationLoss'));
      },
    },
  ];
}

/** Of the numbers among the values. */
function runningMinimum(values: readonly number[]): number[] {
  let least = Infinity;
  return values.map((value) => {
    if (value < least) least = value;
    return least;
  });
}
