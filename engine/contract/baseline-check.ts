// Whether a run is worth anything: its test score against baselines that need no training, in one sentence for window and
// command line.
import { ANSWER_OF_LOSS } from './losses.ts';
import { ACTIVE_STATES, type RunDetail, type RunSummary, type Score } from './run.ts';

/** Share of the baseline's score by which the model must be worse before it is said: less is a tie. */
const TIE = 5e-4;

export interface Headline {
  readonly model: Score;
  /** The best that has a number; null where none has. */
  readonly baseline: Score | null;
}

/** The score that stands for a run: `metric` on the test part, over all targets, in `unit` where the model has it; beside the best baseline. */
export function headlineOf(
  scores: readonly Score[],
  { metric, unit }: { readonly metric: string | null | undefined; readonly unit: string | null | undefined },
): Headline | null {
  const candidates = scores.filter(
    (score) => score.part === 'test' && score.target === null && score.metric === metric,
  );
  const ofModel = candidates.filter(({ subject }) => subject === 'model');
  const model = ofModel.find((score) => score.unit === unit) ?? ofModel[0];
  if (!model) return null;
  const baseline = candidates
    .filter((score) => score.subject !== 'model' && score.unit === model.unit && Number.isFinite(score.value))
    .reduce<Score | null>((best, score) => (best && best.value <= score.value ? best : score), null);
  return { model, baseline };
}

/** Written so that a score that is no number loses too; null is one that did not travel as JSON. */
const loses = (model: number | null, baseline: number): boolean =>
  !(model !== null && model <= baseline * (1 + TIE));

export interface LostToBaseline {
  readonly model: Score;
  readonly baseline: Score;
}

/** The headline of the run; null while it trains, without scores, or where the model holds its own. */
export function lostToBaseline(run: RunDetail): LostToBaseline | null {
  if (ACTIVE_STATES.includes(run.state)) return null;
  const { task, evaluation } = run.configuration;
  const headline = headlineOf(run.scores, { metric: task.metrics[0], unit: evaluation.scale });
  if (!headline?.baseline) return null;
  const { model, baseline } = headline;
  return loses(model.value, baseline.value) ? { model, baseline } : null;
}

type ListedScores = Pick<RunSummary, 'state' | 'testScore' | 'bestBaseline' | 'bestBaselineScore'>;

/** The same by what the run list knows. */
export function isWorseThanBaseline({ state, testScore, bestBaselineScore }: ListedScores): boolean {
  return !ACTIVE_STATES.includes(state) && bestBaselineScore !== null && loses(testScore, bestBaselineScore);
}

/** `Worse than repeating the last value: 640.7 against 37.9 on the test part.`; null where there is nothing to warn of. */
export function baselineRemark(run: ListedScores, format: (value: number) => string): string | null {
  const { testScore, bestBaseline, bestBaselineScore } = run;
  if (bestBaseline === null || bestBaselineScore === null || !isWorseThanBaseline(run)) return null;
  const scores = `${format(testScore ?? Number.NaN)} against ${format(bestBaselineScore)}`;
  return `Worse than ${wordsOf(bestBaseline)}: ${scores} on the test part.`;
}

const SUBJECT_WORDS: Readonly<Record<string, string>> = {
  repeat: 'repeating the last value',
  'seasonal-naive': 'repeating the season before',
};

const wordsOf = (subject: string): string => SUBJECT_WORDS[subject] ?? `the baseline ${subject}`;

/** `Worse than repeating the last value: test MAE 640.7, that baseline 37.9. Try …`; null where there is nothing to warn of. */
export function baselineWarning(run: RunDetail, format: (value: number) => string): string | null {
  const lost = lostToBaseline(run);
  if (!lost) return null;
  const { model, baseline } = lost;
  const scores = `test ${model.metric.toUpperCase()} ${format(model.value)}, that baseline ${format(baseline.value)}`;
  return `Worse than ${wordsOf(baseline.subject)}: ${scores}. ${advice(run, baseline)}`;
}

function advice({ configuration }: RunDetail, baseline: Score): string {
  const { task, pipeline } = configuration;
  // Classes have no change from the last row.
  if (ANSWER_OF_LOSS[task.loss] === 'values' && !pipeline.some(({ step }) => step === 'subtract-last')) {
    return 'Try the step subtract-last at the end of the pipeline, so that the model forecasts changes from the last row.';
  }
  return baseline.subject === 'seasonal-naive'
    ? 'Try more training, and a look-back of at least one whole season if it is shorter.'
    : 'Try more training, another look-back or a lower learning rate.';
}
