// Recurrent encoder and decoder (Sutskever et al. 2014). The decoder starts from the encoder's last state: without attention that state is all
// it knows of the text (the encoding bottleneck). With attention each of its steps looks at all states of the encoder.
import * as tf from '@tensorflow/tfjs-core';
import type { EncoderDecoderModel } from '../../contract/experiment/model.ts';
import { PLAIN_RECURRENCE } from '../bodies/plain-recurrence.ts';
import { createRecurrentBody } from '../bodies/recurrent.ts';
import { createRecurrentLayers, type LayerState } from '../bodies/recurrent-layers.ts';
import { dense, denseSpecs } from '../dense.ts';
import { dropOut } from '../dropout.ts';
import type { WeightLookup } from '../parameters.ts';
import { createTokenReader } from '../readers/tokens.ts';
import { HEAD } from '../writers/writer.ts';
import { createLook } from './look-at.ts';
import { createHints } from './look-at-hints.ts';
import { createSourceReader } from './source-reader.ts';
import type { Translator, TranslatorShape } from './translator.ts';

const TARGET = 'target';
/** With the usual spread a token is no more like itself than like any other. */
const HINT_SPREAD = 0.5;

export function createRecurrentTranslator(model: EncoderDecoderModel, shape: TranslatorShape): Translator {
  const { cell, units, layers, dropout } = model;
  const { embedding, bidirectional } = shape;
  const common = {
    cell,
    units,
    layers,
    dropout,
    ...PLAIN_RECURRENCE,
    inputs: embedding,
  } as const;
  const source = createSourceReader(shape, embedding);
  const target = createTokenReader({
    tokens: shape.targetTokens,
    units: embedding,
    table: TARGET,
    // Tokens that are taken over are told by their vectors from the beginning.
    ...(shape.hasHints && { spread: HINT_SPREAD }),
  });
  const encoder = createRecurrentBody({
    ...common,
    prefix: 'encoder',
    part: 'encoder',
    bidirectional,
    truncateSteps: null,
  });
  const decoder = createRecurrentLayers({
    ...common,
    prefix: 'decoder',
    part: 'decoder',
    bidirectional: false,
  });
  const look = model.attention
    ? createLook({ scores: shape.attentionScores, units, width: encoder.units })
    : null;
  const hints = shape.hasHints
    ? createHints({ cell, units, embedding, table: TARGET, tokens: shape.targetTokens })
    : null;
  const hasCell = cell === 'lstm';
  const bridge = bidirectional ? createBridge({ layers, hasCell, width: encoder.units, units }) : null;
  return {
    specs: [
      ...source.specs,
      ...encoder.specs,
      ...(bridge?.specs ?? []),
      ...target.specs,
      ...decoder.specs,
      ...(look?.specs ?? []),
      ...(hints?.specs ?? []),
      ...denseSpecs(HEAD, units, shape.targetTokens),
    ],
    hasAttention: model.attention,
    state: { layers, hasCell },
    activationFloats: (batch, steps) =>
      encoder.activationFloats(batch, steps) +
      decoder.keptFloats(batch, steps) +
      decoder.passingFloats(batch, steps) +
      batch * steps * (4 * embedding + 4 * shape.targetTokens + (model.attention ? 6 * encoder.units : 0)) +
      (hints?.activationFloats(batch, steps) ?? 0) +
      // Each query beside each key.
      (look && shape.attentionScores === 'additive' ? 3 * batch * steps * steps * units : 0),
    encode(field, weight, pass) {
      const read = source.read(field, weight);
      const { steps, last, mask, states } = encoder.encode(
        { ...read, x: dropOut(read.x, dropout, pass) },
        weight,
        pass,
      );
      return {
        steps,
        mask,
        keys: look?.keys(steps, weight),
        hints: hints && field.hints ? hints.read(field.hints, weight, pass) : undefined,
        states: bridge ? bridge.states(last, weight) : states,
      };
    },
    decode(x, memory, { weight, pass, initial = memory.states }) {
      const read = dropOut(target.read({ x }, weight).x, dropout, pass);
      const { outputs, states } = decoder.run({ x: read }, { weight, pass, initial }); // [batch, time, units]
      const seen = look ? look.at(outputs, memory, weight, pass) : outputs;
      if (!hints || !memory.hints)
        return { logits: dense(dropOut(seen, dropout, pass), HEAD, weight), states };
      const found = hints.at(seen, memory.hints, weight);
      const said = dense(dropOut(found.seen, dropout, pass), HEAD, weight);
      return { logits: tf.add(said, found.copied), states };
    },
  };
}

interface BridgeShape {
  readonly layers: number;
  readonly hasCell: boolean;
  /** Of the encoder's last state, both directions side by side. */
  readonly width: number;
  readonly units: number;
}

/** From the last state of both directions to the decoder's first state. */
function createBridge({ layers, hasCell, width, units }: BridgeShape) {
  const levels = Array.from({ length: layers }, (_, layer) => `bridge/${layer}`);
  return {
    specs: levels.flatMap((path) => [
      ...denseSpecs(`${path}/hidden`, width, units),
      ...(hasCell ? denseSpecs(`${path}/cell`, width, units) : []),
    ]),
    states: (last: tf.Tensor2D, weight: WeightLookup): LayerState[] =>
      levels.map((path) => ({
        hidden: dense(last, `${path}/hidden`, weight, 'tanh'),
        cell: hasCell ? dense(last, `${path}/cell`, weight) : undefined,
      })),
  };
}
