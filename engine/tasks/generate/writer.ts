// Writes a text token by token. A recurrent model keeps its state between tokens and reads one token a step; attention reads its window again.
import * as tf from '@tensorflow/tfjs-core';
import type { TextCoder } from '../../data/samples/text-tokens.ts';
import { UNKNOWN } from '../../data/samples/text-tokens.ts';
import type { LayerState } from '../../models/bodies/recurrent-layers.ts';
import type { LanguageModel } from '../../models/language-model.ts';
import type { WeightLookup } from '../../models/parameters.ts';
import { type Drawn, drawToken, RECENT, type SamplingOptions } from './sampling.ts';

export interface Writing extends SamplingOptions {
  readonly prompt: string;
  uniform(): number;
}

export interface TextWriter {
  /** The next token; it never ends by itself. */
  next(): Drawn;
  dispose(): void;
}

export interface WritingModel {
  readonly model: LanguageModel;
  readonly coder: TextCoder;
  readonly window: number;
}

export function createTextWriter(
  { model, coder, window }: WritingModel,
  weight: WeightLookup,
  { prompt, uniform, ...options }: Writing,
): TextWriter {
  const hasState = model.state.layers > 0;
  let said = [coder.end, ...coder.encode(prompt)];
  let states: readonly LayerState[] | undefined;
  let unread = [...said];

  function read(): Float32Array {
    const before = states;
    const given = hasState ? unread : said.slice(-window);
    unread = [];
    let logits = new Float32Array();
    const tensors = tf.tidy(() => {
      const x = tf.tensor2d(Int32Array.from(given), [1, given.length], 'int32');
      const found = model.answer({ x }, { weight, pass: {}, initial: before });
      const last = tf.slice(found.logits, [0, given.length - 1, 0], [1, 1, -1]);
      logits = Float32Array.from(last.dataSync());
      return found.states.flatMap(tensorsOf);
    });
    states = statesOf(tensors, model.state.hasCell);
    release(before);
    return logits;
  }

  /** After the end of a text another one begins, from an empty state, as it was learned and is scored. */
  function begin(): void {
    release(states);
    states = undefined;
    said = [coder.end];
    unread = [coder.end];
  }

  return {
    next() {
      const logits = read();
      const drawn = drawToken(logits, options, {
        refused: UNKNOWN,
        recent: said.slice(-RECENT).filter((token) => token !== coder.end),
        uniform,
      });
      if (drawn.token === coder.end) begin();
      else {
        said.push(drawn.token);
        unread = [drawn.token];
      }
      return drawn;
    },
    dispose: () => release(states),
  };
}

const tensorsOf = ({ hidden, cell }: LayerState): tf.Tensor2D[] => (cell ? [hidden, cell] : [hidden]);

function statesOf(tensors: readonly tf.Tensor2D[], hasCell: boolean): LayerState[] {
  const ofLayer = hasCell ? 2 : 1;
  return Array.from({ length: tensors.length / ofLayer }, (_, layer) => ({
    hidden: tensors[ofLayer * layer]!,
    cell: hasCell ? tensors[ofLayer * layer + 1] : undefined,
  }));
}

function release(states: readonly LayerState[] | undefined): void {
  for (const state of states ?? []) tf.dispose(tensorsOf(state));
}
