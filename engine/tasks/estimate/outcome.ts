// The outcome of the task `estimate`: a number, which the model learns scaled by mean and deviation of the training part.
import { z } from 'zod';
import type { EstimateTask } from '../../contract/tasks/estimate.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { didYouMean } from '../../data/pipeline/did-you-mean.ts';
import type { SampleTable } from '../../data/samples/sample-table.ts';
import type { Metric } from '../../evaluation/metrics/metric.ts';
import { VALUE_BASELINES } from '../../evaluation/values/registry.ts';
import { VALUE_METRICS, valueScore } from '../../evaluation/values/value-metrics.ts';
import type { RestoredOutcome } from '../per-sample/answer.ts';
import type { Outcome, OutcomeKind } from '../per-sample/outcome.ts';
import type { SampleBaseline } from '../per-sample/sample-machine.ts';
import { columnOf } from '../sample-split.ts';

interface Scale {
  readonly mean: number;
  readonly deviation: number;
}

export const valueOutcome: OutcomeKind<EstimateTask> = {
  field: 'task.value',
  open(task, table) {
    for (const name of task.metrics) findValueMetric(name);
    const values = valuesIn(table, task.value);
    return {
      isKnown: (row) => Number.isFinite(values[row]),
      strata: Array.from(values, () => ''),
      textOf: (row) => String(values[row]),
      fit(train, validation) {
        const learned = train.map((row) => values[row]!);
        if (learned.every((value) => value === learned[0])) throw allAlike(task);
        const scale = scaleOf(learned);
        const given = { column: columnOf(table, task.input), values, train, validation };
        return {
          outcome: outcomeOf(task, { values, scale, fitBaselines: () => fitBaselines(given) }),
          state: { scale },
          notes: [],
        };
      },
    };
  },
};

interface Fitted {
  readonly values: Float64Array;
  readonly scale: Scale;
  fitBaselines: Outcome['fitBaselines'];
}

function outcomeOf(task: EstimateTask, { values, scale, fitBaselines: fit }: Fitted): Outcome {
  const scaled = (row: number) => (values[row]! - scale.mean) / scale.deviation;
  return {
    column: task.value,
    outputs: [task.value],
    writer: 'values',
    truthOf: (row) => [values[row]!],
    learnedOf: (row) => [scaled(row)],
    answered: unscaled(scale),
    raw: (answers) => answers.map((value) => (value - scale.mean) / scale.deviation),
    costOf: (answers, row) => COSTS[task.loss]((answers[0]! - scale.mean) / scale.deviation - scaled(row)),
    metric(name) {
      const metric = findValueMetric(name);
      return { label: metric.label, value: (scored) => valueScore(metric, scored) };
    },
    fitBaselines: fit,
  };
}

const COSTS: Readonly<Record<EstimateTask['loss'], (error: number) => number>> = {
  mse: (error) => error * error,
  mae: Math.abs,
  huber: (error) => (Math.abs(error) <= 1 ? (error * error) / 2 : Math.abs(error) - 0.5),
};

const unscaled =
  ({ mean, deviation }: Scale) =>
  (answers: Float64Array): Float64Array =>
    answers.map((value) => value * deviation + mean);

function scaleOf(values: readonly number[]): Scale {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return { mean, deviation: Math.sqrt(squares / values.length) };
}

/** Those that suit the samples. */
function* fitBaselines(
  given: Parameters<(typeof VALUE_BASELINES)[number]['learn']>[0],
): Generator<void, SampleBaseline[], void> {
  const found: SampleBaseline[] = [];
  for (const { subject, learn } of VALUE_BASELINES) {
    const answer = yield* learn(given);
    if (answer) found.push({ subject, answer: (row) => [answer(row)] });
  }
  return found;
}

function valuesIn(table: SampleTable, name: string): Float64Array {
  const column = columnOf(table, name);
  if (column.kind === 'numeric') return column.values;
  // Labels that are numbers: stars, ages, counts.
  if (column.kind === 'category' && column.categories.every((word) => Number.isFinite(Number(word))))
    return Float64Array.from(column.codes, (code) => Number(column.categories[code] ?? Number.NaN));
  const message = `task.value is "${name}", a column of the kind "${column.kind}"; choose a column of numbers.`;
  throw new HindcastError('invalid-input', message, { details: { field: 'task.value' } });
}

export function findValueMetric(name: string): Metric {
  const found = VALUE_METRICS.find((metric) => metric.name === name);
  if (found) return found;
  const names = VALUE_METRICS.map((metric) => metric.name);
  const message = `There is no metric "${name}" of numbers of samples${didYouMean(name, names)}; task.metrics takes ${names.join(', ')}.`;
  throw new HindcastError('invalid-input', message, { details: { field: 'task.metrics' } });
}

const StateSchema = z.object({ scale: z.object({ mean: z.number(), deviation: z.number() }) });

export function restoreValue(task: EstimateTask, state: unknown): RestoredOutcome {
  const { scale } = StateSchema.parse(state);
  return {
    column: task.value,
    outputs: [task.value],
    writer: 'values',
    answered: unscaled(scale),
    truthIn(table, row) {
      const column = table.columns.find(({ name }) => name === task.value);
      return [column?.kind === 'numeric' ? column.values[row]! : Number.NaN];
    },
  };
}

function allAlike({ value }: EstimateTask): HindcastError {
  const message = `Every sample of the training part has the same ${value}: there is nothing to learn. Choose another task.value.`;
  return new HindcastError('too-few-rows', message, { details: { field: 'task.value' } });
}
