// The result of a model that estimates a number on a part at a glance.
import type { EstimatedSample, EstimateResult } from '../../contract/results/estimation.ts';
import type { AnswersFrame } from '../../contract/tasks/answers-frame.ts';
import type { SampleTable } from '../../data/samples/sample-table.ts';
import { intervalsFrom } from '../../evaluation/classes/bootstrap.ts';
import { valueScore } from '../../evaluation/values/value-metrics.ts';
import { evenly } from '../evenly.ts';
import { shownInput } from '../shown-input.ts';
import { findValueMetric } from './outcome.ts';

const MOST_POINTS = 2_000;

interface Estimates {
  readonly frame: AnswersFrame;
  readonly metrics: readonly string[];
}

interface Known {
  readonly row: number;
  readonly truth: number;
  readonly said: number;
}

const knownIn = ({ columns }: AnswersFrame): Known[] =>
  [...columns.sample.keys()]
    .map((row) => ({ row, truth: columns.truth[0]![row]!, said: columns.answer[0]![row]! }))
    .filter(({ truth }) => !Number.isNaN(truth));

export function estimateResultOf({
  frame,
  metrics: names,
}: Estimates): Omit<EstimateResult, 'verdict' | 'samples'> {
  const { groups, part, target } = frame.header;
  const found = knownIn(frame);
  const metrics = [...new Set(names)].map(findValueMetric);
  const scoresOf = (rows: ArrayLike<number>) => {
    const chosen = Array.from(rows, (row) => found[row]!);
    const scored = { truth: chosen.map(({ truth }) => truth), answers: chosen.map(({ said }) => said) };
    return metrics.map((metric) => valueScore(metric, scored));
  };
  const values = scoresOf(Array.from(found.keys()));
  const intervals = intervalsFrom({
    count: found.length,
    width: 1,
    groups: found.map(({ row }) => groups[row]!),
    valuesOf: scoresOf,
  });
  return {
    part: part === 'validation' ? 'validation' : 'test',
    value: target,
    count: found.length,
    scores: metrics.map(({ name }, index) => ({ metric: name, value: values[index]!, ...intervals[index]! })),
    points: evenly(
      found.toSorted((a, b) => a.truth - b.truth),
      MOST_POINTS,
    ).map(({ truth, said }) => ({ truth, said })),
  };
}

interface Shown {
  readonly frame: AnswersFrame;
  readonly table: SampleTable;
  readonly input: string;
}

/** The largest errors first. */
export function estimatedSamples({ frame, table, input }: Shown, most: number): EstimatedSample[] {
  const { names, groups } = frame.header;
  const error = ({ truth, said }: Known) => Math.abs(said - truth);
  return knownIn(frame)
    .toSorted((a, b) => error(b) - error(a) || a.row - b.row)
    .slice(0, most)
    .map(({ row, truth, said }) => {
      const sample = frame.columns.sample[row]!;
      const text = shownInput(table, input, sample);
      return { sample, name: names[row]!, group: groups[row]!, text, truth, said };
    });
}
