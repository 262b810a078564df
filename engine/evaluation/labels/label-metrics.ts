// The metrics of labels that a sample may have any number of. Golden values: scikit-learn (tests/golden/labels).
import type { MetricInfo } from '../../contract/runs/metrics.ts';
import { deterministicLog } from '../../numerics/deterministic-math.ts';
import { averagePrecision, rocArea } from '../classes/ranking.ts';
import { f1Of, labelFigures, type ScoredLabels } from './scored-labels.ts';

export interface LabelMetric extends MetricInfo {
  /** NaN where it has no value: of a ranking of labels that never occur. */
  value(scored: ScoredLabels): number;
}

const percent = { unit: 'none', format: 'percent', better: 'higher' } as const;
const number = { unit: 'none', format: 'number', better: 'higher' } as const;
const cost = { unit: 'none', format: 'number', better: 'lower' } as const;

export const LABEL_METRICS: readonly LabelMetric[] = [
  {
    name: 'micro-f1',
    label: 'Micro-F1',
    meaning:
      'F1 of all labels of all samples together: missed labels and false alarms count alike, and frequent labels most.',
    definition: '2 x hits / (true labels + said labels), over all samples and labels.',
    ...percent,
    value(scored) {
      const all = labelFigures(scored);
      const sum = (of: 'samples' | 'hits' | 'falseAlarms') =>
        all.reduce((total, figures) => total + figures[of], 0);
      return f1Of({ samples: sum('samples'), hits: sum('hits'), falseAlarms: sum('falseAlarms') });
    },
  },
  {
    name: 'macro-f1-of-labels',
    label: 'Macro-F1',
    meaning: 'Mean over the labels of F1: a rare label counts as much as a frequent one.',
    definition: 'Mean of F1 of each label; a label that is neither true nor said of any sample counts 0.',
    ...percent,
    value: (scored) => labelFigures(scored).reduce((sum, { f1 }) => sum + f1, 0) / scored.labels,
  },
  {
    name: 'exact-labels',
    label: 'All labels right',
    meaning: 'Share of the samples of which every label is said, and no other.',
    definition: 'Subset accuracy: samples without an error / samples.',
    ...percent,
    value: (scored) => rightRows(scored) / scored.count,
  },
  {
    name: 'hamming-loss',
    label: 'Hamming loss',
    meaning: 'Share of all decisions, one for each label of each sample, that are wrong.',
    definition: 'Missed labels and false alarms / (samples x labels).',
    ...cost,
    format: 'percent',
    value(scored) {
      const wrong = labelFigures(scored).reduce(
        (sum, { samples, hits, falseAlarms }) => sum + samples - hits + falseAlarms,
        0,
      );
      return wrong / (scored.count * scored.labels);
    },
  },
  {
    name: 'auc-of-labels',
    label: 'ROC AUC',
    meaning:
      'Mean over the labels of the probability that a sample with the label gets a higher probability of it than one without; 0.5 is chance.',
    definition:
      'Mean of the area below the ROC curve of each label that some samples have and some have not; ties count half.',
    ...number,
    value: (scored) => meanRanking(scored, rocArea),
  },
  {
    name: 'mean-average-precision',
    label: 'Mean average precision',
    meaning: 'Mean over the labels of the area below precision over recall.',
    definition: 'Mean of the average precision of each label that some samples have.',
    ...number,
    value: (scored) => meanRanking(scored, averagePrecision),
  },
  {
    name: 'log-loss-of-labels',
    label: 'Log loss',
    meaning: 'How surprised the answers are by the labels; confident errors cost most.',
    definition:
      'Mean over samples and labels of -ln of the probability of what is true, in nats; probabilities are taken as at least 2.2e-16.',
    ...cost,
    value({ truth, probabilities }) {
      let sum = 0;
      for (const [at, isTrue] of truth.entries()) {
        const p = isTrue === 1 ? probabilities[at]! : 1 - probabilities[at]!;
        sum -= deterministicLog(Math.max(Number.EPSILON, p));
      }
      return sum / truth.length;
    },
  },
];

function rightRows({ count, labels, thresholds, truth, probabilities }: ScoredLabels): number {
  let right = 0;
  for (let row = 0; row < count; row++) {
    let isRight = true;
    for (let label = 0; label < labels && isRight; label++) {
      const at = row * labels + label;
      isRight = probabilities[at]! >= thresholds[label]! === (truth[at] === 1);
    }
    if (isRight) right += 1;
  }
  return right;
}

type Ranking = (scores: Float64Array, isOfClass: (row: number) => boolean) => number;

/** Of the labels that have a value. */
function meanRanking({ count, labels, truth, probabilities }: ScoredLabels, ranking: Ranking): number {
  const values = Array.from({ length: labels }, (_, label) =>
    ranking(
      Float64Array.from({ length: count }, (_row, row) => probabilities[row * labels + label]!),
      (row) => truth[row * labels + label] === 1,
    ),
  ).filter((value) => !Number.isNaN(value));
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
