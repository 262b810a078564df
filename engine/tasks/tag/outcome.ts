// The outcome of the task `tag`: a probability of each label that the training part has.
import { z } from 'zod';
import type { TagTask } from '../../contract/tasks/tag.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { countText } from '../../data/count-text.ts';
import { didYouMean, nameList } from '../../data/pipeline/did-you-mean.ts';
import type { SampleTable, SampleValues } from '../../data/samples/sample-table.ts';
import { fitLabelBaselines } from '../../evaluation/labels/label-baselines.ts';
import { LABEL_METRICS, type LabelMetric } from '../../evaluation/labels/label-metrics.ts';
import { bestThresholds, type ScoredLabels } from '../../evaluation/labels/scored-labels.ts';
import { deterministicLog } from '../../numerics/deterministic-math.ts';
import type { RestoredOutcome } from '../per-sample/answer.ts';
import type { OpenOutcome, OutcomeKind, Scored } from '../per-sample/outcome.ts';
import { columnOf } from '../sample-split.ts';

type Labels = Extract<SampleValues, { kind: 'labels' }>;

export const labelsOutcome: OutcomeKind<TagTask> = {
  field: 'task.labels',
  open(task, table) {
    for (const name of task.metrics) findLabelMetric(name);
    return open(task, table, labelsIn(table, task.labels));
  },
};

const LEAST = 1e-7;
const EVEN = 0.5;

function open(task: TagTask, table: SampleTable, column: Labels): OpenOutcome {
  return {
    isKnown: () => true,
    strata: strataOf(column),
    textOf: (row) => JSON.stringify(namesOf(column, row)),
    fit(train, validation) {
      const counts = new Map<number, number>();
      for (const row of train)
        for (const code of column.sets[row]!) counts.set(code, (counts.get(code) ?? 0) + 1);
      const codes = [...counts.keys()].toSorted((a, b) => a - b);
      if (codes.length === 0) throw noLabel(task);
      if (codes.every((code) => counts.get(code) === train.length)) throw sameLabels(task);
      const outputs = codes.map((code) => column.labels[code]!);
      const sets = column.sets.map((set) => new Set(set));
      const truthOf = (row: number) => Float64Array.from(codes, (code) => (sets[row]!.has(code) ? 1 : 0));
      return {
        outcome: {
          column: task.labels,
          outputs,
          writer: 'labels',
          truthOf,
          learnedOf: truthOf,
          answered: (values) => values,
          raw: (answers) => answers,
          costOf: (answers, row) => costOf(answers, truthOf(row)),
          ...(task.decision === 'thresholds' && {
            settle: (scored) => bestThresholds(labelled(scored, outputs.length)),
          }),
          metric(name) {
            const { label, value } = findLabelMetric(name);
            return { label, value: (scored) => value(labelled(scored, outputs.length)) };
          },
          fitBaselines: () =>
            fitLabelBaselines({
              columns: [columnOf(table, task.input)],
              labels: outputs.length,
              has: (row, label) => sets[row]!.has(codes[label]!),
              rows: table.rows,
              train,
              validation,
            }),
        },
        state: { labels: outputs },
        notes: notesOf({ column, counts, train, outputs }),
      };
    },
  };
}

/** Of a split by chance: a sample goes with the rarest of its labels that is not too rare to be split. */
const FEWEST_OF_STRATUM = 10;

function strataOf({ sets, labels }: Labels): string[] {
  const counts = new Int32Array(labels.length);
  for (const set of sets) for (const code of set) counts[code]! += 1;
  return sets.map((set) => {
    const known = set.filter((code) => counts[code]! >= FEWEST_OF_STRATUM);
    const [rarest] = known.toSorted((a, b) => counts[a]! - counts[b]! || a - b);
    return rarest === undefined ? '' : labels[rarest]!;
  });
}

function costOf(answers: Float64Array, truth: Float64Array): number {
  let sum = 0;
  for (const [label, p] of answers.entries())
    sum -= deterministicLog(Math.max(LEAST, truth[label] === 1 ? p : 1 - p));
  return sum / truth.length;
}

export const labelled = ({ count, truth, answers, thresholds }: Scored, labels: number): ScoredLabels => ({
  count,
  labels,
  thresholds: thresholds ?? new Float64Array(labels).fill(EVEN),
  truth,
  probabilities: answers,
});

const FEW = 10;

interface Noted {
  readonly column: Labels;
  readonly counts: ReadonlyMap<number, number>;
  readonly train: readonly number[];
  readonly outputs: readonly string[];
}

function notesOf({ column, counts, train, outputs }: Noted): string[] {
  const unseen = column.labels.filter((_, code) => !counts.has(code));
  const few = [...counts].filter(([, count]) => count < FEW).map(([code]) => column.labels[code]!);
  const always = [...counts]
    .filter(([, count]) => count === train.length)
    .map(([code]) => column.labels[code]!);
  return [
    ...(unseen.length > 0
      ? [
          `The training part lacks ${nameList(unseen)}: ${unseen.length === 1 ? 'it is' : 'they are'} neither learned nor scored.`,
        ]
      : []),
    ...(few.length > 0
      ? [`Fewer than ${FEW} training samples each: ${nameList(few)}; what is learned of them is chance.`]
      : []),
    ...(always.length > 0
      ? [`Every training sample has ${nameList(always)}: there is nothing to tell.`]
      : []),
    ...(outputs.length > MANY
      ? [`${countText(outputs.length)} labels are learned; the slower baselines are left out.`]
      : []),
  ];
}

const MANY = 200;

const namesOf = ({ sets, labels }: Labels, row: number): string[] => sets[row]!.map((code) => labels[code]!);

function labelsIn(table: SampleTable, name: string): Labels {
  const column = columnOf(table, name);
  if (column.kind === 'labels') return column;
  // One label each is a case of any number of them.
  if (column.kind === 'category')
    return {
      name,
      kind: 'labels',
      sets: Array.from(column.codes, (code) => (Number.isNaN(code) ? [] : [code])),
      labels: column.categories,
    };
  const message = `task.labels is "${name}", a column of the kind "${column.kind}"; choose a column of labels.`;
  throw new HindcastError('invalid-input', message, { details: { field: 'task.labels' } });
}

export function findLabelMetric(name: string): LabelMetric {
  const found = LABEL_METRICS.find((metric) => metric.name === name);
  if (found) return found;
  const names = LABEL_METRICS.map((metric) => metric.name);
  const message = `There is no metric "${name}" of labels${didYouMean(name, names)}; task.metrics takes ${names.join(', ')}.`;
  throw new HindcastError('invalid-input', message, { details: { field: 'task.metrics' } });
}

const StateSchema = z.object({ labels: z.array(z.string()).min(1) });

export function restoreLabels(task: TagTask, state: unknown): RestoredOutcome {
  const { labels: outputs } = StateSchema.parse(state);
  return {
    column: task.labels,
    outputs,
    writer: 'labels',
    answered: (values) => values,
    truthIn(table, row) {
      const column = table.columns.find(({ name }) => name === task.labels);
      if (column?.kind !== 'labels') return outputs.map(() => Number.NaN);
      const own = new Set(namesOf(column, row));
      return outputs.map((label) => (own.has(label) ? 1 : 0));
    },
  };
}

function sameLabels({ labels }: TagTask): HindcastError {
  const message = `Every sample of the training part has the same labels in ${labels}: there is nothing to tell. Choose another task.labels, or import samples with other labels.`;
  return new HindcastError('too-few-rows', message, { details: { field: 'task.labels' } });
}

function noLabel({ labels }: TagTask): HindcastError {
  const message = `No sample of the training part has a label in ${labels}: choose another task.labels, or import samples with labels.`;
  return new HindcastError('too-few-rows', message, { details: { field: 'task.labels' } });
}
