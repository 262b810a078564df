// Advice for a run that is no better than a baseline: the first cause that its figures point to.

import { ANSWER_OF_LOSS } from '../../contract/experiment/losses.ts';
import type { PipelineStep } from '../../contract/experiment/pipeline.ts';
import type { Catalogue } from '../../contract/runs/catalogue.ts';
import type { MetricInfo } from '../../contract/runs/metrics.ts';
import { FAR_FROM_OTHERS } from '../../contract/runs/note-words.ts';
import type { RunDetail, Score } from '../../contract/runs/run.ts';
import { metricInfo } from './metric-info.ts';

export interface Advice {
  readonly sentence: string;
  /** It says something of the data, so that it holds for a tie too. */
  readonly isAboutData: boolean;
}

interface Case {
  readonly run: RunDetail;
  readonly model: Score;
  readonly baseline: Score;
  readonly catalogue: Catalogue;
}

/** In scaled units, where the answer 0 has a mean square of about 1. */
const FAILED_LOSS = 2;
/** Root mean square over mean size of errors; 1.25 for normal ones. */
const OUTLIER_RATIO = 4;
/** Shares of a score. */
const NEAR = 0.01;
const NOT_FAR = 0.05;

export function advice(
  run: RunDetail,
  { model, baseline }: { readonly model: Score; readonly baseline: Score },
  catalogue: Catalogue,
): Advice {
  const given = { run, model, baseline, catalogue };
  const failure = trainingAdvice(run);
  const outliers = spikeAdvice(run) ?? (failure === null ? outlierAdvice(given) : null);
  if (outliers !== null) return { sentence: outliers, isAboutData: true };
  const isOverTime = run.parts.some(({ fromUs }) => fromUs !== null);
  const sentence = failure ?? (isOverTime ? levelAdvice(given) : null);
  if (sentence !== null) return { sentence, isAboutData: false };
  if (isOverTime && isRandomWalk(given)) {
    const rest = 'so these data look like a random walk, of which there is nothing to learn.';
    return {
      sentence: `Neither a linear map nor this model forecasts better than the last value, ${rest}`,
      isAboutData: true,
    };
  }
  const { answers } = metricInfo(catalogue, model.metric);
  const trivial = TRIVIAL[baseline.subject];
  if (trivial !== undefined && answers === 'classes')
    return {
      sentence: `No method says more than ${trivial}: in these inputs there may be nothing to learn.`,
      isAboutData: true,
    };
  const ofAnswers = (answers && ADVICE[answers]) ?? (isOverTime ? undefined : SUFFICES);
  return {
    sentence: ofAnswers ?? seasonAdvice(given) ?? linearAdvice(given) ?? GENERAL,
    isAboutData: false,
  };
}

/** Baselines of classes that look at no input. */
const TRIVIAL: Readonly<Record<string, string | undefined>> = {
  majority: 'the most frequent class',
  persistence: 'the class that was last known',
};

const SUFFICES =
  'On these data the simple method suffices: take it, or try more samples, another readout or fewer units.';

/** By what the metric scores, where nothing in the data says more. */
const ADVICE: Partial<Record<NonNullable<MetricInfo['answers']>, string>> = {
  classes: SUFFICES,
  tokens:
    'Counting what follows a few tokens still does better: train for longer, with more units, or on more text.',
  pairs: 'The simple method still writes better: train for longer, with more units, or on more samples.',
  frames:
    'The simple method still says the frames better: train for longer, with more units, or on more videos.',
};

const GENERAL = 'Try more training, another look-back or a lower learning rate.';

/** Training itself went wrong: nothing else is worth a thought. */
export function trainingAdvice({ state, lastTrainLoss, configuration }: RunDetail): string | null {
  const { pipeline, task } = configuration;
  if (state === 'diverged') return 'Its training diverged: try a lower learning rate.';
  const isScaled = pipeline.some(({ step }) => ['standardize', 'min-max', 'robust'].includes(step));
  if (lastTrainLoss === null || ANSWER_OF_LOSS[task.loss] === 'classes' || !isScaled) return null;
  if (lastTrainLoss <= FAILED_LOSS) return null;
  return 'Its training loss is above that of a constant answer: try a lower learning rate.';
}

/** One value that rules the scaling rules training and scores too: whatever else went wrong follows from it. */
function spikeAdvice({ notes }: RunDetail): string | null {
  return notes.some((note) => note.includes(FAR_FROM_OTHERS))
    ? 'Values of the data are far from all others, as the notes say: read them as missing or correct them first.'
    : null;
}

/** A few errors that are far above the others make up the score, the model's as the baseline's. */
function outlierAdvice({ run, baseline, catalogue }: Case): string | null {
  const sizes = run.scores
    .filter(
      ({ subject, part, target, unit }) =>
        subject === baseline.subject &&
        part === 'test' &&
        target === baseline.target &&
        unit === baseline.unit,
    )
    // Shares, probabilities and widths are no sizes of errors.
    .filter(({ metric }) => {
      const { unit, needsQuantiles } = metricInfo(catalogue, metric);
      return unit !== 'none' && !needsQuantiles;
    })
    .map(({ metric, value }) => (metricInfo(catalogue, metric).unit === 'squared' ? Math.sqrt(value) : value))
    .filter((size) => size > 0 && Number.isFinite(size));
  if (sizes.length < 2 || Math.max(...sizes) < OUTLIER_RATIO * Math.min(...sizes)) return null;
  return 'A few very large errors make up this score: look for outliers in the data.';
}

/** Steps that give a window a level of its own. */
const LEVELLING: readonly PipelineStep['step'][] = ['subtract-last', 'revin', 'difference'];

/** The model has to learn the level of the data, which a window relative to its last value has for nothing. */
function levelAdvice(given: Case): string | null {
  const { task, pipeline } = given.run.configuration;
  const follows = followsOf(given, given.baseline.subject);
  if (follows === 'season' || follows === 'mean') return null;
  // Classes have no change from the last row.
  if (ANSWER_OF_LOSS[task.loss] === 'classes' || pipeline.some(({ step }) => LEVELLING.includes(step)))
    return null;
  if (isRandomWalk(given) && isWithin(given.model.value, given.baseline.value, NOT_FAR)) return null;
  return 'Try the step subtract-last at the end of the pipeline, so that the model forecasts changes from the last row.';
}

function isRandomWalk({ run, model, catalogue }: Case): boolean {
  const scoreOfKind = (follows: string): number | undefined =>
    run.scores.find(
      ({ subject, part, target, metric, unit }) =>
        part === 'test' &&
        target === model.target &&
        metric === model.metric &&
        unit === model.unit &&
        catalogue.baselines.find((one) => one.subject === subject)?.follows === follows,
    )?.value;
  const last = scoreOfKind('last');
  const fit = scoreOfKind('fit');
  if (last === undefined || fit === undefined) return false;
  const isNoBetter = (value: number): boolean => {
    const { better } = metricInfo(catalogue, model.metric);
    const isBetter = better === 'lower' ? value < last : value > last;
    return !isBetter || isWithin(value, last, NEAR);
  };
  return isNoBetter(fit) && isNoBetter(model.value);
}

const isWithin = (value: number, other: number, share: number): boolean =>
  Math.abs(value - other) < share * Math.max(Math.abs(value), Math.abs(other));

function seasonAdvice(given: Case): string | null {
  if (followsOf(given, given.baseline.subject) !== 'season') return null;
  const { task, evaluation } = given.run.configuration;
  const { season } = evaluation;
  // Tasks that do not look back have no such field.
  const { lookback } = task as { readonly lookback?: number };
  if (lookback === undefined) return null;
  if (season === undefined) {
    return `Try more training, and see that the look-back, ${lookback} rows, covers a whole season.`;
  }
  return lookback < season
    ? `Try a look-back of at least one whole season, ${season} rows.`
    : 'Try more training or a lower learning rate.';
}

/** A solved model has nothing to train; any other one should not lose to a linear map while that can be chosen. */
function linearAdvice({ run, baseline, catalogue }: Case): string | null {
  const { model } = run.configuration;
  if ('fit' in model && model.fit === 'ridge') return 'Try another look-back, or model.decomposition.';
  const choice = catalogue.baselines.find(({ subject }) => subject === baseline.subject)?.asModel;
  return choice === undefined
    ? null
    : `A linear map does better here and is solved in one step: choose ${choice}, or try more training.`;
}

const followsOf = ({ catalogue }: Case, subject: string) =>
  catalogue.baselines.find((one) => one.subject === subject)?.follows;
