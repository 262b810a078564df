// The interface of a kind of study: pure functions that decide which experiments to run and summarise the results.
import type { z } from 'zod';
import type { Experiment } from '../contract/experiment/experiment.ts';
import type { Catalogue } from '../contract/runs/catalogue.ts';
import type { HoldRule } from '../contract/runs/hold.ts';
import type { RunSummary } from '../contract/runs/run.ts';
import type { StudyFindings, StudyPlan } from '../contract/studies/study.ts';
import type { SweepView } from '../contract/studies/sweep.ts';
import type { RunId } from '../contract/values/ids.ts';
import type { Suggestion } from '../search/suggest.ts';
import type { TrialsQuestion } from '../search/suggest-trials.ts';

export interface Study<Plan extends StudyPlan = StudyPlan> {
  /** What the experiments begin with. */
  readonly experiment: Experiment;
  readonly plan: Plan;
  /** Experiments asked for so far, also those whose runs were deleted since. */
  readonly issued: number;
  /** It may ask for more. */
  readonly open: boolean;
  /** What its kind noted of the experiments that it asked for, in their order; only those with a note. */
  readonly records: readonly StudyRecord[];
  /** The metrics that there are. */
  readonly catalogue: Catalogue;
  /** The answer to a question that takes long; null: not yet, and `next` is asked again once it is known. Default: computed at once. */
  suggest?(question: TrialsQuestion): readonly Suggestion[] | null;
  /** The values of an epoch metric of one of its runs, epoch by epoch; empty where it has none. */
  curve(run: RunId, metric: string): readonly number[];
}

export interface StudyRecord {
  /** Counted from 1. */
  readonly position: number;
  readonly record: unknown;
}

/** An experiment to run, and what distinguishes it within its study: `seed 2`. */
export interface StudyExperiment {
  readonly label: string;
  readonly experiment: Experiment;
  /** Plain JSON that is kept with the study. */
  readonly record?: unknown;
  /** Plain JSON: what it was chosen from. Kept too, for a check of the choice. */
  readonly basis?: unknown;
  /** Default: its run trains to its end. */
  readonly hold?: HoldRule | null;
}

/** A run of the study that is held, and trains on: up to where the new rule holds it. */
export interface StudyResumption {
  readonly resume: RunId;
  readonly hold: HoldRule | null;
}

/** Nothing yet: it is asked again once the answer to its question is known. */
export interface StudyWait {
  readonly waits: true;
}

export type StudyAsk = StudyExperiment | StudyResumption | StudyWait;

/** What runs of the experiment are measured by. */
export interface Measured {
  readonly catalogue: Catalogue;
  /** The metrics of its task that each epoch has a value of. */
  readonly epochMetrics: readonly string[];
}

export interface StudyKind<Plan extends StudyPlan = StudyPlan> {
  readonly kind: Plan['kind'];
  readonly plan: z.ZodType<Plan>;
  /** Its runs differ in their seed and in nothing else, so that their scores show how much is luck. */
  readonly seedsAlone?: true;
  /** Each of its first experiments is checked against the data, since they differ in what they take of them. */
  readonly checksEach?: true;
  /** Test scores of its runs are not shown before it has ended or is stopped, so that no choice is made by them. */
  readonly hidesTest?: true;
  /** Parts of its plan that may change after its start; absent: none. */
  readonly changeable?: readonly string[];
  /** @throws HindcastError `invalid-input` for a plan that does not suit the experiment. */
  check?(plan: Plan, experiment: Experiment, measured: Measured): void;
  /**
   * The experiments to run now, and held runs to resume. Asked at the start and whenever a run of the study has ended, with all its runs in their order. A study that
   * asks for nothing while none of its runs is active has come to its end.
   */
  next(study: Study<Plan>, runs: readonly RunSummary[]): readonly StudyAsk[];
  summary(study: Study<Plan>, runs: readonly RunSummary[]): StudyFindings;
  /** It compares configurations, and has a verdict once it has ended. */
  readonly judges?: true;
  /** Its runs are tested on rows that follow each other in time. */
  readonly hasFolds?: true;
  /**
   * Which of its configurations the run at a position (counted from 1) trains: runs of one are summed up. Null: the run stands alone.
   * Absent: it has one configuration.
   */
  configurationOf?(plan: Plan, position: number): string | null;
  /** Its trials, where it searches. */
  sweep?(study: Study<Plan>, runs: readonly RunSummary[]): SweepView;
}
