// The metrics of classifiers. Golden values: scikit-learn (tests/golden/class-metrics).
import type { MetricInfo } from '../../contract/runs/metrics.ts';
import { deterministicLog } from '../../numerics/deterministic-math.ts';
import { averagePrecision, rocArea } from './ranking.ts';
import { confusionOf, figuresOf, mostProbable, type ScoredClasses, saidBy } from './scored-classes.ts';

export interface ClassMetric extends MetricInfo {
  /** NaN where it has no value: of the ranking of a class that never occurs. */
  value(scored: ScoredClasses): number;
  /** It goes by what is said, so that a threshold changes it. */
  readonly isOfDecisions?: boolean;
}

const percent = { unit: 'none', format: 'percent', better: 'higher' } as const;
const number = { unit: 'none', format: 'number', better: 'higher' } as const;
const cost = { unit: 'none', format: 'number', better: 'lower' } as const;

export const ECE_BINS = 15;

export const CLASS_METRICS: readonly ClassMetric[] = [
  {
    name: 'accuracy',
    isOfDecisions: true,
    label: 'Accuracy',
    meaning: 'Share of the samples of which the true class is said.',
    definition: 'Right answers / samples.',
    ...percent,
    value(scored) {
      const said = saidBy(scored);
      let right = 0;
      for (let row = 0; row < scored.count; row++) if (said[row] === scored.truth[row]) right += 1;
      return right / scored.count;
    },
  },
  {
    name: 'balanced-accuracy',
    isOfDecisions: true,
    label: 'Balanced accuracy',
    meaning:
      'Mean over the classes of the share of their samples that are recognised: rare classes count as much as frequent ones.',
    definition: 'Mean recall of the classes that occur.',
    ...percent,
    value: (scored) => meanOf(figures(scored).map(({ recall }) => recall)),
  },
  {
    name: 'macro-f1',
    isOfDecisions: true,
    label: 'Macro-F1',
    meaning: 'Mean over the classes of F1, which weighs missed samples and false alarms of a class alike.',
    definition:
      'Mean of 2 x hits / (samples of the class + answers of the class); a class without either counts 0.',
    ...percent,
    value(scored) {
      const all = figures(scored);
      return all.reduce((sum, { f1 }) => sum + f1, 0) / all.length;
    },
  },
  {
    name: 'roc-auc',
    label: 'ROC AUC',
    meaning:
      'Probability that a sample of the class gets a higher probability of it than another sample; 0.5 is chance.',
    definition:
      'Mann and Whitney: pairs in the right order, ties count half; of more than two classes the mean of one against the rest.',
    ...number,
    value: (scored) => rankingOf(scored, rocArea),
  },
  {
    name: 'average-precision',
    label: 'Average precision',
    meaning:
      'How pure the samples are that get the highest probabilities of a class: the area below precision over recall.',
    definition:
      'Sum over thresholds of precision x growth of recall; of the rarer of two classes, of more the mean of one against the rest.',
    ...number,
    value: (scored) => rankingOf(scored, averagePrecision),
  },
  {
    name: 'log-loss',
    label: 'Log loss',
    meaning: 'How surprised the answers are by the truth; confident errors cost most.',
    definition:
      'Mean of -ln of the probability of the true class, in nats; probabilities are taken as at least 2.2e-16.',
    ...cost,
    value({ count, classes, truth, probabilities }) {
      let sum = 0;
      for (let row = 0; row < count; row++) {
        sum -= deterministicLog(Math.max(Number.EPSILON, probabilities[row * classes + truth[row]!]!));
      }
      return sum / count;
    },
  },
  {
    name: 'brier',
    label: 'Brier',
    meaning: 'Mean squared distance of the probabilities from what came true.',
    definition:
      'Mean of (p - y)^2 of the positive class; of more than two classes of the sum over all of them (Brier 1950).',
    ...cost,
    value({ count, classes, truth, probabilities }) {
      let sum = 0;
      for (let row = 0; row < count; row++) {
        for (let one = 0; one < classes; one++) {
          const error = probabilities[row * classes + one]! - (truth[row] === one ? 1 : 0);
          sum += error * error;
        }
      }
      return sum / count / (classes === 2 ? 2 : 1);
    },
  },
  {
    name: 'ece',
    label: 'ECE',
    meaning:
      'Expected calibration error: how far the stated probabilities are from the shares that come true.',
    definition: `Mean over ${ECE_BINS} equally wide bins of the highest probability of |share right - mean probability|, weighted by samples (Naeini et al. 2015).`,
    // A forecast that says the shares of the classes is calibrated and knows nothing: no comparison is decided by it.
    ...cost,
    better: 'zero',
    value: (scored) =>
      reliabilityOf(scored).reduce(
        (sum, { gap, samples }) => sum + (Math.abs(gap) * samples) / scored.count,
        0,
      ),
  },
];

const figures = (scored: ScoredClasses) => figuresOf(confusionOf(scored, saidBy(scored)), scored.classes);

/** Of the numbers among them. */
function meanOf(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

type Ranking = (scores: Float64Array, isOfClass: (row: number) => boolean) => number;

function rankingOf(
  { count, classes, positive, truth, probabilities }: ScoredClasses,
  ranking: Ranking,
): number {
  const ofClass = (one: number) => {
    const scores = Float64Array.from({ length: count }, (_, row) => probabilities[row * classes + one]!);
    return ranking(scores, (row) => truth[row] === one);
  };
  return classes === 2
    ? ofClass(positive)
    : meanOf(Array.from({ length: classes }, (_, one) => ofClass(one)));
}

export interface ReliabilityBin {
  readonly samples: number;
  /** Mean of the highest probabilities, and share of right answers. */
  readonly stated: number;
  readonly right: number;
  readonly gap: number;
}

/** By the highest probability, from 0 to 1; bins without samples are left out. */
export function reliabilityOf(scored: ScoredClasses): ReliabilityBin[] {
  const { count, classes, truth, probabilities } = scored;
  const said = mostProbable(scored);
  const bins = Array.from({ length: ECE_BINS }, () => ({ samples: 0, stated: 0, right: 0 }));
  for (let row = 0; row < count; row++) {
    const highest = probabilities[row * classes + said[row]!]!;
    // A bin holds its upper end.
    const bin = bins[Math.min(ECE_BINS - 1, Math.max(0, Math.ceil(highest * ECE_BINS) - 1))]!;
    bin.samples += 1;
    bin.stated += highest;
    bin.right += said[row] === truth[row] ? 1 : 0;
  }
  return bins
    .filter(({ samples }) => samples > 0)
    .map(({ samples, stated, right }) => ({
      samples,
      stated: stated / samples,
      right: right / samples,
      gap: (right - stated) / samples,
    }));
}
