// A classifier, step by step: what it reads of a sample, and the shares of the classes.
import type { Tensor3D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { ClassifyExperiment } from '../../contract/tasks/classify-experiment.ts';
import type { SampleValues } from '../../data/samples/sample-table.ts';
import { createTokenizer, type TokenizerState } from '../../data/samples/tokenizers.ts';
import { logSoftmax } from '../../ops/log-softmax.ts';
import { longestOf, modelFor } from '../per-sample/sample-model.ts';
import type { ReadSample, SampleReadings, StepValues } from '../sample-reading.ts';
import { columnOf } from '../sample-split.ts';
import { fieldOf } from './batches.ts';
import type { FittedInput } from './inputs/input-kind.ts';
import { restoreInput } from './inputs/registry.ts';
import type { PreparedClassify } from './prepare.ts';

/** @throws HindcastError `invalid-input` for a model whose options do not suit samples */
export function classifyReadings(experiment: ClassifyExperiment, prepared: PreparedClassify): SampleReadings {
  const { task } = experiment;
  const { input, classes, labels, parts, table } = prepared;
  const { shape } = input;
  const column = columnOf(table, task.input);
  const model = modelFor(experiment, { input, classes: classes.length, mostSteps: longestOf(parts, input) });
  const width = shape.kind === 'rows' ? shape.channels : 1;
  const read = (
    own: FittedInput,
    row: number,
    of: Pick<ReadSample, 'name' | 'truth'>,
    text: string | null,
  ) => {
    const values = own.encode(row);
    const steps = values.length / width;
    return {
      ...of,
      values,
      steps,
      length: steps,
      before: 0,
      labels: labelsOf(input, values, text),
      next: null,
    };
  };
  return {
    specs: model.specs,
    features: shape.kind === 'rows' ? shape.channels : shape.embedding,
    unit: unitOf(column, task.tokens.by),
    channels: task.window?.columns.length === width ? task.window.columns : channelsOf(column, width),
    stepSeconds: column.kind === 'audio' ? task.sound.hopMs / 1_000 : null,
    choices: classes,
    answers: 'sample',
    samples: { train: parts.train.length, validation: parts.validation.length, test: parts.test.length },
    sample({ part, index }) {
      const row = parts[part][index]!;
      const of = { name: table.names[row]!, truth: classes[labels[row]!] ?? null };
      return read(input, row, of, column.kind === 'text' ? column.texts[row]! : null);
    },
    ...(column.kind === 'text' && {
      ofText(text) {
        const own: SampleValues = { ...column, texts: [text] };
        return read(restoreInput(input.state, own, task), 0, { name: 'own text', truth: null }, text);
      },
    }),
    answer(values, weight, pass) {
      const given = { ...input, encode: (row: number) => values[row]! };
      const rows = values.map((_, row) => row);
      const logs = logSoftmax(model.answer(fieldOf(given, rows), weight, pass));
      return tf.reshape(logs, [values.length, 1, classes.length]) as Tensor3D;
    },
  };
}

const UNKNOWN_SIGN = '\u25a1';

/** The tokens as they stand in the text; without it, as the vocabulary has them. */
function labelsOf({ state, shape }: FittedInput, values: StepValues, text: string | null): string[] | null {
  if (shape.kind !== 'tokens') return null;
  const { tokenizer, tokens } = state as unknown as {
    readonly tokenizer: TokenizerState;
    readonly tokens: readonly string[];
  };
  const cut: string[] = [];
  for (const token of text === null ? [] : createTokenizer(tokenizer)(text)) {
    if (cut.push(token) === values.length) break;
  }
  return Array.from(values, (token, step) => cut[step] ?? tokens[token - 1] ?? UNKNOWN_SIGN);
}

function unitOf({ kind }: SampleValues, by: string): string {
  return kind === 'text' ? by : 'steps';
}

/** Few have names of their own. */
function channelsOf({ kind }: SampleValues, width: number): string[] {
  if (kind === 'text') return [];
  const name = kind === 'audio' ? 'band' : 'channel';
  return Array.from({ length: width }, (_, channel) => (width === 1 ? 'value' : `${name} ${channel + 1}`));
}
