// Whether a run is worth anything: its test score against baselines that need no training, in one sentence for window and
// command line.
import { ACTIVE_STATES, type RunDetail, type Score } from './run.ts';

/** Share of the baseline's score by which the model must be worse before it is said: less is a tie. */
const TIE = 5e-4;

export interface LostToBaseline {
  readonly model: Score;
  readonly baseline: Score;
}

/** The first metric of the task on the test part, over all targets; null while it trains, without scores, or where the model holds its own. */
export function lostToBaseline(run: RunDetail): LostToBaseline | null {
  if (ACTIVE_STATES.includes(run.state)) return null;
  const { task, evaluation } = run.configuration;
  const candidates = run.scores.filter(
    ({ part, metric, target }) => part === 'test' && target === null && metric === task.metrics[0],
  );
  const ofModel = candidates.filter(({ subject }) => subject === 'model');
  const model = ofModel.find(({ unit }) => unit === evaluation.scale) ?? ofModel[0];
  if (!model) return null;
  const baseline = candidates
    .filter(
      ({ subject, unit, value }) => subject !== 'model' && unit === model.unit && Number.isFinite(value),
    )
    .reduce<Score | null>((best, score) => (best && best.value <= score.value ? best : score), null);
  // Written so that a score that is NaN loses too.
  return baseline && !(model.value <= baseline.value * (1 + TIE)) ? { model, baseline } : null;
}

const SUBJECT_WORDS: Readonly<Record<string, string>> = {
  repeat: 'repeating the last value',
  'seasonal-naive': 'repeating the season before',
};

/** `Worse than repeating the last value: test MAE 640.7, that baseline 37.9. Try …`; null where there is nothing to warn of. */
export function baselineWarning(run: RunDetail, format: (value: number) => string): string | null {
  const lost = lostToBaseline(run);
  if (!lost) return null;
  const { model, baseline } = lost;
  const words = SUBJECT_WORDS[baseline.subject] ?? `the baseline ${baseline.subject}`;
  const scores = `test ${model.metric.toUpperCase()} ${format(model.value)}, that baseline ${format(baseline.value)}`;
  return `Worse than ${words}: ${scores}. ${advice(run, baseline)}`;
}

function advice({ configuration }: RunDetail, baseline: Score): string {
  const { task, pipeline } = configuration;
  // Classes have no change from the last row.
  if (task.loss !== 'cross-entropy' && !pipeline.some(({ step }) => step === 'subtract-last')) {
    return 'Try the step subtract-last at the end of the pipeline, so that the model forecasts changes from the last row.';
  }
  return baseline.subject === 'seasonal-naive'
    ? 'Try a look-back of at least one whole season, or more training.'
    : 'Try more training, another look-back or a lower learning rate.';
}
