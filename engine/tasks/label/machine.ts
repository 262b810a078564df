// A labeller for prepared texts: trains, scores and answers. The half of the task that needs TensorFlow.js.

import * as tf from '@tensorflow/tfjs-core';
import type { Score } from '../../contract/runs/run.ts';
import type { LabelExperiment } from '../../contract/tasks/label-experiment.ts';
import { LabelFrame } from '../../contract/tasks/label-frame.ts';
import type { ScoredClasses } from '../../evaluation/classes/scored-classes.ts';
import { STEP_BASELINES } from '../../evaluation/steps/registry.ts';
import type { StepAnswerer } from '../../evaluation/steps/step-baseline.ts';
import type { WeightLookup } from '../../models/parameters.ts';
import type { StepLabeller } from '../../models/step-labeller.ts';
import { deterministicLog } from '../../numerics/deterministic-math.ts';
import { crossEntropy } from '../../ops/losses/cross-entropy.ts';
import type { TrainingTask, ValidationResult } from '../../training/task.ts';
import { bucketed } from '../classify/batches.ts';
import { findClassMetric } from '../classify/metrics.ts';
import { finished } from '../finished.ts';
import { partScores } from '../part-scores.ts';
import type { ScoredPart, TaskMachine } from '../task-kind.ts';
import { answersFor, scoredSteps } from './answers.ts';
import { modelFor } from './model.ts';
import type { PreparedLabel } from './prepare.ts';
import { stepField, stepLabels } from './step-batch.ts';

/** @throws HindcastError `invalid-input` for a model that does not answer each step */
export function openLabel(experiment: LabelExperiment, prepared: PreparedLabel): TaskMachine {
  const { task } = experiment;
  const { parts, classes, encode } = prepared;
  const { read } = prepared.input;
  const model = modelFor(experiment, { read, classes: classes.length });
  const longest = longestOf(prepared);
  const answers = (weight: WeightLookup, part: ScoredPart) =>
    answersFor({ model, read, classes: classes.length }, weight, Array.from(parts[part], encode));
  const scoresOf = (scored: ScoredClasses, part: ScoredPart, subject: string): Score[] =>
    partScores({ part, subject, metrics: task.metrics, count: scored.count }, (metric) =>
      findClassMetric(metric).value(scored),
    );
  let baselines: readonly { readonly subject: string; readonly answer: StepAnswerer }[] | undefined;
  return {
    model: {
      specs: model.specs,
      parameterCount: model.parameterCount,
      activationFloats: (batch) => model.activationFloats(batch, longest),
    },
    training: () => labelTraining({ experiment, prepared, model }),
    *score(weight, part) {
      const found = yield* answers(weight, part);
      const scored = scoredSteps(prepared, parts[part], found);
      return scoresOf(scored, part, 'model');
    },
    *scoreBaselines(part) {
      baselines ??= learnBaselines(prepared);
      const scores: Score[] = [];
      for (const { subject, answer } of baselines) {
        const found = Array.from(parts[part], (row) => answer(prepared.textsOf(row)));
        const scored = scoredSteps(prepared, parts[part], found);
        scores.push(...scoresOf(scored, part, subject));
        yield;
      }
      return scores;
    },
    exportModel: async (wanted) =>
      (await import('./export-model.ts')).exportLabeller({ experiment, prepared, model }, wanted),
    predict(weight, part) {
      const found = finished(answers(weight, part));
      return LabelFrame.encode(frameOf({ prepared, part, label: task.target }, found));
    },
  };
}

function longestOf({ parts, textsOf }: PreparedLabel): number {
  let longest = 1;
  for (const rows of Object.values(parts))
    for (const row of rows) longest = Math.max(longest, textsOf(row).length);
  return longest;
}

function learnBaselines({ parts, textsOf, labelsOf, classes }: PreparedLabel) {
  const train = Array.from(parts.train, (row) => ({ tokens: textsOf(row), labels: labelsOf(row) }));
  return STEP_BASELINES.flatMap(({ subject, learn }) => {
    const answer = learn(train, classes.length);
    return answer ? [{ subject, answer }] : [];
  });
}

interface Trained {
  readonly experiment: LabelExperiment;
  readonly prepared: PreparedLabel;
  readonly model: StepLabeller;
}

function labelTraining(given: Trained): TrainingTask {
  const { experiment, prepared, model } = given;
  const { metrics } = experiment.task;
  const { encode, labelsOf, textsOf, input } = prepared;
  const { train } = prepared.parts;
  return {
    specs: model.specs,
    trainExamples: train.length,
    metricNames: metrics.map((metric) => `validation${metric[0]!.toUpperCase()}${metric.slice(1)}`),
    ...(experiment.training.shuffle && {
      arrange: (order, batchSize) => bucketed(order, batchSize, (example) => textsOf(train[example]!).length),
    }),
    loadBatch(indices) {
      const rows = Array.from(indices, (index) => train[index]!);
      const field = stepField(input.read, rows.map(encode));
      const { truth, known, count } = stepLabels(rows.map(labelsOf));
      return {
        count,
        loss: (weight, pass) => crossEntropy(model.answer(field, weight, pass), truth, { mask: known }),
        dispose: () => tf.dispose([field.x, truth, known, ...(field.mask ? [field.mask] : [])]),
      };
    },
    validate: (weight) => validate(given, weight),
  };
}

const LEAST = 1e-7;

function* validate(
  { experiment, prepared, model }: Trained,
  weight: WeightLookup,
): Generator<void, ValidationResult, void> {
  const { classes, encode, input } = prepared;
  const rows = prepared.parts.validation;
  const how = { model, read: input.read, classes: classes.length };
  const answers = yield* answersFor(how, weight, Array.from(rows, encode));
  const scored = scoredSteps(prepared, rows, answers);
  let sum = 0;
  for (const [index, label] of scored.truth.entries())
    sum -= deterministicLog(Math.max(LEAST, scored.probabilities[index * classes.length + label]!));
  return {
    loss: sum / Math.max(1, scored.count),
    metrics: experiment.task.metrics.map((metric) => findClassMetric(metric).value(scored)),
  };
}

interface Framed {
  readonly prepared: PreparedLabel;
  readonly part: ScoredPart;
  readonly label: string;
}

function frameOf({ prepared, part, label }: Framed, answers: readonly Float64Array[]): LabelFrame {
  const { table, classes, parts, textsOf, labelsOf } = prepared;
  const rows = parts[part];
  const numbers = new Map<string, number>();
  const columns = { sample: [], text: [], position: [], token: [], truth: [] } as Record<
    'sample' | 'text' | 'position' | 'token' | 'truth',
    number[]
  >;
  for (const [text, row] of rows.entries()) {
    const labels = labelsOf(row);
    for (const [position, token] of textsOf(row).entries()) {
      const number = numbers.get(token) ?? numbers.size;
      numbers.set(token, number);
      columns.sample.push(row);
      columns.text.push(text);
      columns.position.push(position);
      columns.token.push(number);
      columns.truth.push(labels[position]!);
    }
  }
  return {
    header: {
      part,
      label,
      classes: [...classes],
      names: Array.from(rows, (row) => table.names[row]!),
      tokens: [...numbers.keys()],
    },
    columns: {
      sample: Int32Array.from(columns.sample),
      text: Int32Array.from(columns.text),
      position: Int32Array.from(columns.position),
      token: Int32Array.from(columns.token),
      truth: Int32Array.from(columns.truth),
      probability: classes.map((_, one) => {
        const all = new Float64Array(columns.sample.length);
        let at = 0;
        for (const answer of answers)
          for (let from = one; from < answer.length; from += classes.length) all[at++] = answer[from]!;
        return all;
      }),
    },
  };
}
