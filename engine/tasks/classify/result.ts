// The result of a classifier on a part at a glance.
import type { AnsweredSample, Cell, ClassifyResult } from '../../contract/results/classify-result.ts';
import type { ClassifyFrame, Decision } from '../../contract/tasks/classify-frame.ts';
import type { SampleTable } from '../../data/samples/sample-table.ts';
import { intervalsOf } from '../../evaluation/classes/bootstrap.ts';
import { reliabilityOf } from '../../evaluation/classes/class-metrics.ts';
import { curvesOf } from '../../evaluation/classes/curves.ts';
import { confusionOf, figuresOf, saidBy } from '../../evaluation/classes/scored-classes.ts';
import { shownInput } from '../shown-input.ts';
import { findClassMetric } from './metrics.ts';
import { scoredIn } from './scored-in.ts';

export interface ShownResult {
  readonly frame: ClassifyFrame;
  readonly table: SampleTable;
  readonly input: string;
  readonly metrics: readonly string[];
  /** Of two classes: how the run decides. */
  readonly decision: Partial<Decision>;
  /** Best on validation. */
  readonly onValidation: number | undefined;
}

export type PartResult = Omit<ClassifyResult, 'verdict' | 'samples'>;

const EVEN = 0.5;

export function resultOf({ frame, metrics: names, decision, onValidation }: ShownResult): PartResult {
  const { classes, groups, part } = frame.header;
  const scored = scoredIn(frame, decision);
  const confusion = confusionOf(scored, saidBy(scored));
  const metrics = [...new Set(names)].map(findClassMetric);
  const intervals = intervalsOf(
    scored,
    metrics,
    scored.rows.map((row) => groups[row]!),
  );
  return {
    part: part === 'validation' ? 'validation' : 'test',
    classes: [...classes],
    count: scored.count,
    decision:
      classes.length === 2
        ? {
            class: scored.positive,
            threshold: scored.threshold ?? EVEN,
            onValidation: onValidation ?? null,
          }
        : null,
    confusion: classes.map((_, truth) => [
      ...confusion.subarray(truth * classes.length, (truth + 1) * classes.length),
    ]),
    figures: figuresOf(confusion, classes.length),
    scores: metrics.map((metric, index) => ({
      metric: metric.name,
      value: metric.value(scored),
      ...intervals[index]!,
    })),
    curves: curvesOf(scored).map((curve) => ({
      class: curve.class,
      area: curve.area,
      averagePrecision: curve.averagePrecision,
      falseAlarms: [...curve.falseAlarms],
      found: [...curve.found],
      precision: [...curve.precision],
    })),
    reliability: reliabilityOf(scored).map(({ samples, stated, right }) => ({ samples, stated, right })),
  };
}

/** The same with another threshold: only what goes by decisions is computed again. */
export function resultWith(shown: ShownResult, before: PartResult, threshold: number): PartResult {
  const ofDecisions = shown.metrics.filter((name) => findClassMetric(name).isOfDecisions);
  const decision = { ...shown.decision, threshold };
  const moved = resultOf({ ...shown, metrics: ofDecisions, decision });
  return {
    ...moved,
    curves: before.curves,
    scores: before.scores.map((score) => moved.scores.find(({ metric }) => metric === score.metric) ?? score),
  };
}

/** Those of the cell, or all; the least probable truth first. */
export function samplesIn(
  { frame, table, input, decision }: ShownResult,
  cell: Cell | undefined,
  most: number,
): AnsweredSample[] {
  const { names, groups, classes } = frame.header;
  const scored = scoredIn(frame, decision);
  const said = saidBy(scored);
  const of = (index: number, one: number) => scored.probabilities[index * classes.length + one]!;
  return [...said.keys()]
    .filter((index) => !cell || (scored.truth[index] === cell.truth && said[index] === cell.said))
    .toSorted((a, b) => of(a, scored.truth[a]!) - of(b, scored.truth[b]!) || a - b)
    .slice(0, most)
    .map((index) => {
      const row = scored.rows[index]!;
      const sample = frame.columns.sample[row]!;
      const [truth, answer] = [scored.truth[index]!, said[index]!];
      return {
        sample,
        name: names[row]!,
        group: groups[row]!,
        text: shownInput(table, input, sample),
        truth,
        said: answer,
        probability: of(index, answer),
        ofTruth: of(index, truth),
      };
    });
}
