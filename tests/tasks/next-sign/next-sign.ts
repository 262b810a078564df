// The toy task: examples, a linear model of its own, accuracy as its metric, "always the more frequent sign" as its baseline, a
// table.
import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';
import type { Score } from '../../../engine/contract/runs/run.ts';
import { column, defineFrame } from '../../../engine/contract/values/frame.ts';
import type { Part } from '../../../engine/data/prepared.ts';
import { splitRows } from '../../../engine/data/split.ts';
import { dense, denseSpecs } from '../../../engine/models/dense.ts';
import { countParameters, type WeightLookup } from '../../../engine/models/parameters.ts';
import { softmax } from '../../../engine/ops/softmax.ts';
import {
  type ScoredPart,
  seriesOf,
  type TaskKind,
  type TaskMachine,
} from '../../../engine/tasks/task-kind.ts';
import { createTruth, maskedLoss, maskedLossSum } from '../../../engine/training/loss.ts';
import type { NextSign } from './schema.ts';

const CLASSES = 2;
const LOSS = { loss: 'cross-entropy', huberDelta: 1 } as const;

/** A row for each example: the probability of a rise, and whether it came. */
const SignFrame = defineFrame('tests.nextSign', {
  header: z.object({ part: z.string() }),
  columns: { rises: column('f64'), rose: column('u8') },
});

interface Signs {
  readonly window: number;
  readonly values: Float64Array;
  /** Rows that the windows of a part end at. */
  readonly rows: Readonly<Record<Part, readonly number[]>>;
}

export const nextSign: TaskKind<NextSign> = {
  kind: 'next-sign',
  needs: ({ columns }) => ({ kind: 'series', columns }),
  targets: () => ['sign'],
  inputs: ({ columns }) => columns,
  sentence: ({ columns, window }) => `Says from ${window} rows whether ${columns[0]} rises.`,
  fieldOfColumn: () => 'task.columns',
  sizeFields: ['task.window'],
  stepsPerExample: ({ task }) => task.window,
  prepare(experiment, given) {
    const {
      series: [only],
    } = seriesOf(given);
    const { window } = experiment.task;
    const { values } = only!.columns[0]!;
    const [split] = splitRows(experiment.split, [only!.times]);
    const rowsOf = (part: Part) => {
      const { from, to } = split![part];
      const first = Math.max(from, window - 1);
      return Array.from({ length: Math.max(0, to - 1 - first) }, (_, index) => first + index);
    };
    const rows = { train: rowsOf('train'), validation: rowsOf('validation'), test: rowsOf('test') };
    const data: Signs = { window, values, rows };
    return {
      inputNames: experiment.task.columns,
      parts: [],
      examples: { train: rows.train.length, validation: rows.validation.length, test: rows.test.length },
      fingerprint: `next-sign 1 ${rows.test.length}`,
      fitted: { version: 1 },
      notes: ['A toy.'],
      open: async () => openSigns(data),
    };
  },
  exports: {
    tables(predictions) {
      const { columns } = SignFrame.decode(predictions);
      const lines = Array.from(columns.rises, (rises, row) => `${rises.toFixed(3)},${columns.rose[row]}`);
      return { 'signs.csv': ['rises,rose', ...lines] };
    },
    columns: { rises: ['probability of a rise', ''], rose: ['1 where it rose', ''] },
    report: () => ({ title: 'Signs of the test part', html: '<p>Ups and downs.</p>' }),
  },
};

function openSigns(data: Signs): TaskMachine {
  const { window, values, rows } = data;
  const specs = denseSpecs('signs', window, CLASSES);
  const rose = (row: number): number => (values[row + 1]! > values[row]! ? 1 : 0);
  const answer = (inputs: tf.Tensor2D, weight: WeightLookup) =>
    tf.reshape(dense(inputs, 'signs', weight), [-1, 1, CLASSES]);
  const inputsOf = (chosen: readonly number[]) =>
    tf.tensor2d(
      chosen.flatMap((row) => [...values.subarray(row - window + 1, row + 1)]),
      [chosen.length, window],
    );
  /** [rows, 2], 1 for what happened; all of it is known. */
  const cellsOf = (chosen: readonly number[]) => ({
    target: Float32Array.from(chosen.flatMap((row) => [1 - rose(row), rose(row)])),
    mask: new Float32Array(CLASSES * chosen.length).fill(1),
  });
  const probabilities = (chosen: readonly number[], weight: WeightLookup): Float32Array =>
    tf.tidy(() => softmax(answer(inputsOf(chosen), weight)).dataSync() as Float32Array).slice();
  const accuracy = (part: ScoredPart, subject: string, says: (index: number) => number): Score[] => {
    const right = rows[part].filter((row, index) => says(index) === rose(row)).length;
    const count = rows[part].length;
    return [
      { part, subject, metric: 'accuracy', unit: 'original', target: null, value: right / count, count },
    ];
  };
  const scoreOf = (weight: WeightLookup, part: ScoredPart): Score[] => {
    const found = probabilities(rows[part], weight);
    return accuracy(part, 'model', (index) => (found[CLASSES * index + 1]! > 0.5 ? 1 : 0));
  };
  return {
    model: { specs, parameterCount: countParameters(specs), activationFloats: (batch) => batch * window },
    training: () => ({
      specs,
      trainExamples: rows.train.length,
      metricNames: ['validationAccuracy'],
      loadBatch(indices) {
        const chosen = Array.from(indices, (index) => rows.train[index]!);
        const truth = createTruth(LOSS, cellsOf(chosen), [chosen.length, 1, CLASSES]);
        const inputs = inputsOf(chosen);
        return {
          count: chosen.length,
          loss: (weight) => maskedLoss(LOSS, answer(inputs, weight), truth),
          dispose: () => tf.dispose([inputs, truth.target, truth.mask]),
        };
      },
      *validate(weight) {
        yield;
        const chosen = rows.validation;
        const forecast = probabilities(chosen, weight);
        const sum = maskedLossSum(LOSS, { ...cellsOf(chosen), forecast, classes: CLASSES });
        const metrics = scoreOf(weight, 'validation').map(({ value }) => value);
        return { loss: sum / (CLASSES * chosen.length), metrics };
      },
    }),
    *score(weight, part) {
      yield;
      return scoreOf(weight, part);
    },
    *scoreBaselines(part) {
      yield;
      const rises = rows.train.filter((row) => rose(row) === 1).length;
      return accuracy(part, 'commoner', () => (2 * rises > rows.train.length ? 1 : 0));
    },
    predict(weight, part) {
      const found = probabilities(rows[part], weight);
      return SignFrame.encode({
        header: { part },
        columns: {
          rises: Float64Array.from(rows[part], (_, index) => found[CLASSES * index + 1]!),
          rose: Uint8Array.from(rows[part], rose),
        },
      });
    },
  };
}
