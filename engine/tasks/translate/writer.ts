// Writes texts for sources: many side by side, each with a beam of its own. A recurrent decoder keeps its states between tokens; attention
// reads what was written again.
import * as tf from '@tensorflow/tfjs-core';
import type { JobProgress } from '../../contract/processes/jobs/job.ts';
import { UNKNOWN } from '../../data/samples/text-tokens.ts';
import type { LayerState } from '../../models/bodies/recurrent-layers.ts';
import type { WeightLookup } from '../../models/parameters.ts';
import {
  mapMemory,
  type SourceField,
  type Translator,
  type TranslatorMemory,
} from '../../models/translation/translator.ts';
import { embedding } from '../../ops/embedding.ts';
import { logSoftmax } from '../../ops/log-softmax.ts';
import { type Beam, type BeamOptions, FIRST, found, grow, type Hypothesis, isDone } from './beam.ts';

export interface WritingOptions<Read> extends Pick<BeamOptions, 'width' | 'lengthPenalty' | 'end'> {
  /** Tokens of the longest text. */
  readonly most: number;
  /** Sources as tensors. */
  fieldOf(sources: readonly Read[]): SourceField;
  /** Hears how many sources are written, at the beginning and after each batch; the work goes by their lengths. */
  readonly progress?: ((reached: JobProgress) => void) | undefined;
}

/** Rows of one step of the decoder, texts and their beams together. */
const MOST_ROWS = 256;
/** Numbers of one answer, [rows, time, tokens]. */
const MOST_CELLS = 2 ** 22;

/** Of each source (tokens and an end sign, or an image) the texts that were pursued, the best first; each `next` does a batch of sources. */
export function* writeTexts<Read extends { readonly length: number }>(
  model: Translator,
  weight: WeightLookup,
  sources: readonly Read[],
  options: WritingOptions<Read>,
): Generator<void, (readonly Hypothesis[])[], void> {
  const result: (readonly Hypothesis[])[] = new Array(sources.length);
  // Alike ones together: a batch is as slow as its longest.
  const order = [...sources.keys()].toSorted((a, b) => sources[a]!.length - sources[b]!.length || a - b);
  const tokens = model.specs.at(-1)!.shape[0]!;
  const rows = Math.min(MOST_ROWS, Math.floor(MOST_CELLS / (tokens * (model.state.layers > 0 ? 1 : 16))));
  const size = Math.max(1, Math.floor(rows / options.width));
  const whole = order.reduce((sum, index) => sum + sources[index]!.length, 0);
  let worked = 0;
  for (let at = 0; at < order.length; at += size) {
    options.progress?.({ done: at, total: order.length, fraction: worked / whole });
    const some = order.slice(at, at + size);
    const written = writeBatch(
      model,
      weight,
      some.map((index) => sources[index]!),
      options,
    );
    for (const [index, source] of some.entries()) {
      result[source] = written[index]!;
      worked += sources[source]!.length;
    }
    yield;
  }
  options.progress?.({ done: order.length, total: order.length, fraction: 1 });
  return result;
}

/** A live text: whose source it is of, and its row in the tensors of the step before. */
interface Row {
  readonly source: number;
  readonly before: number;
}

function writeBatch<Read>(
  model: Translator,
  weight: WeightLookup,
  sources: readonly Read[],
  { most, fieldOf, ...chosen }: WritingOptions<Read>,
): (readonly Hypothesis[])[] {
  const options: BeamOptions = { ...chosen, refused: UNKNOWN };
  const beams: Beam[] = sources.map(() => FIRST);
  let rows: Row[] = sources.map((_, source) => ({ source, before: source }));
  const step = createStep(model, weight, { count: sources.length, field: () => fieldOf(sources) });
  try {
    for (let written = 0; written < most && rows.length > 0; written++) {
      const texts = sources.flatMap((_, source) =>
        isDone(beams[source]!, options) ? [] : beams[source]!.live.map(({ tokens }) => tokens),
      );
      const logs = step.next(
        rows,
        texts.map((tokens) => [chosen.end, ...tokens]),
      );
      const next: Row[] = [];
      let first = 0;
      for (const [source, beam] of beams.entries()) {
        if (isDone(beam, options)) continue;
        const grown = grow(beam, logs.slice(first, first + beam.live.length), options);
        beams[source] = grown.beam;
        if (!isDone(grown.beam, options))
          next.push(...grown.parents.map((parent) => ({ source, before: first + parent })));
        first += beam.live.length;
      }
      rows = next;
    }
  } finally {
    step.dispose();
  }
  return beams.map((beam) => found(beam, chosen.lengthPenalty));
}

interface Step {
  /** [rows][tokens] logarithms of the probabilities of the next token. */
  next(rows: readonly Row[], texts: readonly (readonly number[])[]): Float32Array[];
  dispose(): void;
}

interface Sources {
  readonly count: number;
  field(): SourceField;
}

function createStep(model: Translator, weight: WeightLookup, { count, field }: Sources): Step {
  const read = keptMemory(() => model.encode(field(), weight, {}));
  let memory = { of: Array.from({ length: count }, (_, source) => source), value: read };
  let states: readonly LayerState[] | undefined;
  return {
    next(rows, texts) {
      const of = rows.map(({ source }) => source);
      if (of.join() !== memory.of.join()) {
        if (memory.value !== read) release(memory.value);
        memory = { of, value: keptMemory(() => rowsOfMemory(read, of)) };
      }
      const hasState = model.state.layers > 0;
      const given = hasState ? texts.map((tokens) => tokens.slice(-1)) : texts;
      const before = states;
      let logs = new Float32Array();
      const kept = tf.tidy(() => {
        const initial = before?.map((layer) =>
          rowsOfState(
            layer,
            rows.map((row) => row.before),
          ),
        );
        const time = given[0]!.length;
        const x = tf.tensor2d(Int32Array.from(given.flat()), [given.length, time], 'int32');
        const { logits, states: after } = model.decode(x, memory.value, {
          weight,
          pass: {},
          // The first step starts from what was read.
          ...(initial && { initial }),
        });
        const last = tf.slice(logits, [0, time - 1, 0], [-1, 1, -1]);
        logs = Float32Array.from(logSoftmax(last).dataSync());
        return after.map(({ hidden, cell }) => ({ hidden: tf.keep(hidden), cell: cell && tf.keep(cell) }));
      });
      for (const { hidden, cell } of before ?? []) tf.dispose(cell ? [hidden, cell] : [hidden]);
      states = hasState ? kept : undefined;
      const tokens = logs.length / rows.length;
      return rows.map((_, row) => logs.subarray(row * tokens, (row + 1) * tokens));
    },
    dispose() {
      if (memory.value !== read) release(memory.value);
      release(read);
      for (const { hidden, cell } of states ?? []) tf.dispose(cell ? [hidden, cell] : [hidden]);
    },
  };
}

function keptMemory(make: () => TranslatorMemory): TranslatorMemory {
  const kept: TranslatorMemory[] = [];
  tf.tidy(() => {
    kept.push(mapMemory(make(), (x) => tf.keep(x)));
  });
  return kept[0]!;
}

function release(memory: TranslatorMemory): void {
  mapMemory(memory, (x) => {
    tf.dispose(x);
    return x;
  });
}

const rowsOfMemory = (memory: TranslatorMemory, rows: readonly number[]): TranslatorMemory =>
  mapMemory(memory, (x) => rowsOf(x, rows));

const rowsOfState = ({ hidden, cell }: LayerState, rows: readonly number[]): LayerState => ({
  hidden: rowsOf(hidden, rows),
  cell: cell && rowsOf(cell, rows),
});

/** Of [batch, ...], by the look-up in a table, which is compiled. */
function rowsOf<T extends tf.Tensor2D | tf.Tensor3D>(x: T, rows: readonly number[]): T {
  const [batch, ...inner] = x.shape;
  const table = tf.reshape(x, [batch, x.size / batch]) as tf.Tensor2D;
  const found = embedding(table, tf.tensor1d(Int32Array.from(rows), 'int32'));
  return tf.reshape(found, [rows.length, ...inner]) as T;
}
