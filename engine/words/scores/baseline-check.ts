// Compares a run's test scores with the baselines, in sentences for window and command line. Which of two scores is better, and
// the names of baselines, come from the catalogue.

import type { Catalogue } from '../../contract/runs/catalogue.ts';
import type { MetricInfo } from '../../contract/runs/metrics.ts';
import {
  ACTIVE_STATES,
  type RunDetail,
  type RunSummary,
  type Score,
  type TestOutcome,
} from '../../contract/runs/run.ts';
import { advice, trainingAdvice } from './advice.ts';
import { costOf, decides, isBetter, metricInfo, metricInSentence, scoreFormat } from './metric-info.ts';

/**
 * Share of the baseline's score by which the model must be worse before it is said: less is a tie. Of a score without a unit (shares, log loss)
 * also so much of 1, so that two that are as good as perfect tie.
 */
const TIE = 5e-4;
/** Share by which scores differ through chance alone (another seed): a smaller difference decides nothing. */
export const NOISE = 0.01;

/** A score of the model beside the best baseline for the same part, metric, unit and target. */
export interface Rivals {
  readonly model: Score;
  readonly baseline: Score;
}

export interface Headline {
  readonly model: Score;
  /** The best that has a number; null where none has. */
  readonly baseline: Score | null;
}

/** What the first metric of the experiment is, and the unit of its scores. */
export interface Wanted {
  readonly metric: string | null | undefined;
  readonly unit: string | null | undefined;
}

/** The score that stands for a run: `metric` on the test part, over all targets, in `unit` where the model has it; beside the best baseline. */
export function headlineOf(
  scores: readonly Score[],
  { metric, unit }: Wanted,
  catalogue: Catalogue,
): Headline | null {
  const ofModel = scores.filter(
    (score) =>
      score.subject === 'model' && score.part === 'test' && score.target === null && score.metric === metric,
  );
  const model = ofModel.find((score) => score.unit === unit) ?? ofModel[0];
  return model ? { model, baseline: bestBaseline(scores, model, catalogue) } : null;
}

/** The best that has a number, among those scored as `model` is. */
function bestBaseline(scores: readonly Score[], model: Score, catalogue: Catalogue): Score | null {
  const metric = metricInfo(catalogue, model.metric);
  return scores
    .filter(
      (score) =>
        score.subject !== 'model' &&
        score.part === model.part &&
        score.target === model.target &&
        score.metric === model.metric &&
        score.unit === model.unit &&
        Number.isFinite(score.value),
    )
    .reduce<Score | null>(
      (best, score) => (best && !isBetter(metric, score.value, best.value) ? best : score),
      null,
    );
}

/** Written so that a score that is no number loses too; null is one that did not travel as JSON. */
function loses(info: MetricInfo, model: number | null, baseline: number): boolean {
  const tie = TIE * Math.max(Math.abs(baseline), info.unit === 'none' ? 1 : 0);
  return !(model !== null && costOf(info, model) <= costOf(info, baseline) + tie);
}

/** The scores differ by less than chance does. */
export function isNoise(value: number, other: number): boolean {
  return value === other || Math.abs(value - other) < NOISE * Math.max(Math.abs(value), Math.abs(other));
}

export interface Verdict {
  readonly outcome: TestOutcome;
  readonly headline: Rivals;
  /** Other metrics over all targets, and targets by any metric, where a baseline is better. */
  readonly lost: readonly Rivals[];
}

/** Null without scores of the model, or without a baseline that has a number. */
export function judge(scores: readonly Score[], wanted: Wanted, catalogue: Catalogue): Verdict | null {
  const headline = headlineOf(scores, wanted, catalogue);
  if (!headline?.baseline) return null;
  const { model, baseline } = headline;
  const lost = scores
    .filter(({ subject, part, unit }) => subject === 'model' && part === 'test' && unit === model.unit)
    .filter((score) => score !== model && decides(metricInfo(catalogue, score.metric)))
    .flatMap((score) => {
      const rival = bestBaseline(scores, score, catalogue);
      const isLost = rival && loses(metricInfo(catalogue, score.metric), score.value, rival.value);
      return isLost ? [{ model: score, baseline: rival }] : [];
    });
  const outcome = loses(metricInfo(catalogue, model.metric), model.value, baseline.value)
    ? 'worse'
    : lost.length > 0
      ? 'mixed'
      : isNoise(model.value, baseline.value)
        ? 'same'
        : 'better';
  return { outcome, headline: { model, baseline }, lost };
}

/** The verdict on a run; null while it trains. */
export function verdictOn(run: RunDetail, catalogue: Catalogue): Verdict | null {
  if (ACTIVE_STATES.includes(run.state)) return null;
  return judge(run.scores, wantedBy(run), catalogue);
}

const wantedBy = ({ configuration: { task, evaluation } }: Pick<RunDetail, 'configuration'>): Wanted => ({
  metric: task.metrics[0],
  unit: evaluation.scale,
});

/** The headline of a run that lost to a baseline by it; null for every other. */
export function lostToBaseline(run: RunDetail, catalogue: Catalogue): Rivals | null {
  const verdict = verdictOn(run, catalogue);
  return verdict?.outcome === 'worse' ? verdict.headline : null;
}

type ListedScores = Pick<
  RunSummary,
  'state' | 'testScore' | 'testMetric' | 'testOutcome' | 'bestBaseline' | 'bestBaselineScore'
>;

/** The same by what the run list knows. */
export function isWorseThanBaseline({ state, testOutcome }: ListedScores): boolean {
  return !ACTIVE_STATES.includes(state) && testOutcome === 'worse';
}

/**
 * One sentence for the list of runs: `Worse than the baseline repeat: 640.7 against 37.9 on the test part.`; null where there is
 * nothing to say.
 */
export function baselineRemark(
  run: ListedScores,
  number: (value: number) => string,
  catalogue: Catalogue,
): string | null {
  const { state, testScore, testMetric, testOutcome, bestBaseline, bestBaselineScore } = run;
  if (ACTIVE_STATES.includes(state) || bestBaseline === null || bestBaselineScore === null) return null;
  const format = scoreFormat(catalogue, testMetric ?? '', number);
  const scores = `${format(testScore ?? Number.NaN)} against ${format(bestBaselineScore)} on the test part`;
  const words = baselineWords(bestBaseline);
  if (testOutcome === 'worse') return `Worse than ${words}: ${scores}.`;
  if (testOutcome === 'same') return `No better than ${words}: ${scores}.`;
  if (testOutcome !== 'mixed') return null;
  const isTie = isNoise(testScore ?? Number.NaN, bestBaselineScore);
  return `${isTie ? 'No better' : 'Better'} than ${words}: ${scores}, ${isTie ? 'and' : 'but'} worse than a baseline by another metric or for one target.`;
}

/** The one name that a baseline has everywhere; its meaning is beside it in tables. */
const baselineWords = (subject: string): string => `the baseline ${subject}`;

/** How many lost scores a sentence lists. */
const MOST_LISTED = 3;

/** `Worse than the baseline repeat: test MAE 640.7 against 37.9. Try …`; null where there is nothing to warn of. */
export function baselineWarning(
  run: RunDetail,
  number: (value: number) => string,
  catalogue: Catalogue,
): string | null {
  const verdict = verdictOn(run, catalogue);
  if (verdict === null || verdict.outcome === 'better') return null;
  const { outcome, headline, lost } = verdict;
  const { model, baseline } = headline;
  const label = metricInSentence(catalogue, model.metric);
  const format = scoreFormat(catalogue, model.metric, number);
  const rival = baselineWords(baseline.subject);
  const scores = `test ${label} ${format(model.value)} against ${format(baseline.value)}`;
  const hint = hintOn(run, verdict, catalogue);
  const alsoLost = lostScores(lost, number, catalogue);
  if (outcome === 'worse') {
    const also = alsoLost === null ? '' : ` Also worse than ${alsoLost}.`;
    return `Worse than ${rival}: ${scores}.${also} ${hint}`;
  }
  const tie = `No better than ${rival}: ${scores}, a difference that chance makes.`;
  if (outcome === 'same') return hint === null ? tie : `${tie} ${hint}`;
  const all =
    model.target === null && run.scores.some(({ target }) => target !== null) ? ' over all targets' : '';
  if (isNoise(model.value, baseline.value))
    return `No better than ${rival} by ${label}${all}, and worse than ${alsoLost}.`;
  return `Better than every baseline by ${label}${all}, but worse than ${alsoLost}.`;
}

/** What to do about a run that is no better than a baseline, for beside a verdict that says so; null where there is nothing to do. */
export function verdictHint(run: RunDetail, catalogue: Catalogue): string | null {
  const verdict = verdictOn(run, catalogue);
  return verdict && hintOn(run, verdict, catalogue);
}

/** Of a tie only what is about the data: chance needs no advice. */
function hintOn(run: RunDetail, { outcome, headline }: Verdict, catalogue: Catalogue): string | null {
  if (outcome !== 'worse' && outcome !== 'same') return null;
  const { sentence, isAboutData } = advice(run, headline, catalogue);
  return outcome === 'worse' || isAboutData ? sentence : null;
}

/**
 * Scores beside the headline by which a baseline is better, in the words of window, report and terminal:
 * `the baseline repeat by RMSE (3,202 against 3,165); ...`. Null where there are none.
 */
export function lostScores(
  lost: Verdict['lost'],
  number: (value: number) => string,
  catalogue: Catalogue,
): string | null {
  if (lost.length === 0) return null;
  const byBaseline = Map.groupBy(lost.slice(0, MOST_LISTED), ({ baseline }) => baseline.subject);
  const listed = [...byBaseline].map(([subject, rivals]) => {
    const scores = rivals.map((one) => lostScore(one, number, catalogue));
    return `${baselineWords(subject)} by ${scores.join(', ')}`;
  });
  const more = lost.length > MOST_LISTED ? ` and ${lost.length - MOST_LISTED} more` : '';
  return `${listed.join('; ')}${more}`;
}

/** `RMSE (3,202 against 3,165)`, `MAE for OT (0.168 against 0.139)` */
function lostScore(
  { model, baseline }: Rivals,
  number: (value: number) => string,
  catalogue: Catalogue,
): string {
  const label = metricInSentence(catalogue, model.metric);
  const format = scoreFormat(catalogue, model.metric, number);
  const target = model.target === null ? '' : ` for ${model.target}`;
  return `${label}${target} (${format(model.value)} against ${format(baseline.value)})`;
}

/** Of a run that ended by itself with its best epoch, unless its training failed or its data have nothing to learn; null for every other. */
export function improvingRemark(run: RunDetail, catalogue: Catalogue | null = null): string | null {
  const { state, bestEpoch, epoch, totalEpochs } = run;
  const isImproving = state === 'completed' && epoch > 1 && bestEpoch === epoch && epoch === totalEpochs;
  if (!isImproving || trainingAdvice(run) !== null || isPerfect(run, catalogue)) return null;
  const verdict = catalogue && verdictOn(run, catalogue);
  const isToldOtherwise =
    catalogue !== null &&
    verdict !== null &&
    (verdict.outcome === 'worse' || verdict.outcome === 'same') &&
    advice(run, verdict.headline, catalogue).isAboutData;
  return isToldOtherwise ? null : 'It was still improving at the last epoch: train longer.';
}

/** Its leading score on validation cannot be better. */
function isPerfect({ scores, configuration }: RunDetail, catalogue: Catalogue | null): boolean {
  const [headline] = configuration.task.metrics;
  const { format, better } = catalogue && headline ? metricInfo(catalogue, headline) : SHARE_OF_RIGHT;
  const best = better === 'lower' ? 0 : format === 'percent' ? 1 : Number.NaN;
  return scores.some(
    ({ part, subject, metric, value }) =>
      part === 'validation' && subject === 'model' && metric === headline && value === best,
  );
}

/** Without a catalogue only the usual headline of classes is known. */
const SHARE_OF_RIGHT = { format: 'percent', better: 'higher' } as const;
