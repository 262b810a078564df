// The result of a model that gives labels on a part at a glance.
import type { TagChoice, TaggedSample, TagResult } from '../../contract/results/tagging.ts';
import type { AnswersFrame } from '../../contract/tasks/answers-frame.ts';
import type { SampleTable } from '../../data/samples/sample-table.ts';
import { intervalsFrom } from '../../evaluation/classes/bootstrap.ts';
import { averagePrecision, rocArea } from '../../evaluation/classes/ranking.ts';
import { chosenLabels, labelFigures, type ScoredLabels } from '../../evaluation/labels/scored-labels.ts';
import { deterministicLog } from '../../numerics/deterministic-math.ts';
import { shownInput } from '../shown-input.ts';
import { labelsScoredIn, saidLabels, trueLabels } from './labels-in.ts';
import { findLabelMetric } from './outcome.ts';

export interface ShownTags {
  readonly frame: AnswersFrame;
  readonly table: SampleTable;
  readonly input: string;
  readonly metrics: readonly string[];
}

export function tagResultOf({ frame, metrics: names }: ShownTags): Omit<TagResult, 'verdict' | 'samples'> {
  const { groups, outputs, part } = frame.header;
  const scored = labelsScoredIn(frame);
  const metrics = [...new Set(names)].map(findLabelMetric);
  const intervals = intervalsFrom({
    count: scored.count,
    width: scored.labels,
    groups: scored.rows.map((row) => groups[row]!),
    valuesOf: (rows) => {
      const drawn = chosenLabels(scored, rows);
      return metrics.map((metric) => metric.value(drawn));
    },
  });
  return {
    part: part === 'validation' ? 'validation' : 'test',
    labels: [...outputs],
    count: scored.count,
    figures: labelFigures(scored).map((figures, label) => ({
      ...figures,
      threshold: scored.thresholds[label]!,
      auc: rankingOf(scored, label, rocArea),
      averagePrecision: rankingOf(scored, label, averagePrecision),
    })),
    scores: metrics.map((metric, index) => ({
      metric: metric.name,
      value: metric.value(scored),
      ...intervals[index]!,
    })),
    reliability: reliabilityOf(scored),
  };
}

function rankingOf(
  { count, labels, truth, probabilities }: ScoredLabels,
  label: number,
  ranking: typeof rocArea,
) {
  const scores = Float64Array.from({ length: count }, (_, row) => probabilities[row * labels + label]!);
  return ranking(scores, (row) => truth[row * labels + label] === 1);
}

const BINS = 15;

/** Bins without answers are left out. */
function reliabilityOf({ truth, probabilities }: ScoredLabels): TagResult['reliability'] {
  const bins = Array.from({ length: BINS }, () => ({ samples: 0, stated: 0, right: 0 }));
  for (const [at, p] of probabilities.entries()) {
    // A bin holds its upper end.
    const bin = bins[Math.min(BINS - 1, Math.max(0, Math.ceil(p * BINS) - 1))]!;
    bin.samples += 1;
    bin.stated += p;
    bin.right += truth[at]!;
  }
  return bins
    .filter(({ samples }) => samples > 0)
    .map(({ samples, stated, right }) => ({ samples, stated: stated / samples, right: right / samples }));
}

/** Those that were chosen, or all; the most wrong first. */
export function taggedSamples(
  { frame, table, input }: ShownTags,
  choice: TagChoice | undefined,
  most: number,
): TaggedSample[] {
  const { names, groups } = frame.header;
  const rows = [...frame.columns.sample.keys()].filter((row) => !Number.isNaN(frame.columns.truth[0]![row]!));
  return rows
    .map((row) => ({
      row,
      truth: trueLabels(frame, row),
      said: saidLabels(frame, row),
      loss: lossOf(frame, row),
    }))
    .filter(
      ({ truth, said }) =>
        !choice || CHOSEN[choice.of](truth.includes(choice.label), said.includes(choice.label)),
    )
    .toSorted((a, b) => b.loss - a.loss || a.row - b.row)
    .slice(0, most)
    .map(({ row, truth, said, loss }) => {
      const sample = frame.columns.sample[row]!;
      const text = shownInput(table, input, sample);
      return { sample, name: names[row]!, group: groups[row]!, text, truth, said, loss };
    });
}

const CHOSEN: Readonly<Record<TagChoice['of'], (isTrue: boolean, isSaid: boolean) => boolean>> = {
  hits: (isTrue, isSaid) => isTrue && isSaid,
  'false-alarms': (isTrue, isSaid) => !isTrue && isSaid,
  missed: (isTrue, isSaid) => isTrue && !isSaid,
};

function lossOf({ columns }: AnswersFrame, row: number): number {
  let sum = 0;
  for (const [label, truths] of columns.truth.entries()) {
    const p = columns.answer[label]![row]!;
    sum -= deterministicLog(Math.max(Number.EPSILON, truths[row] === 1 ? p : 1 - p));
  }
  return sum / columns.truth.length;
}
