// Encoder and decoder of attention alone (Vaswani et al. 2017). The decoder keeps no state: it reads all that it wrote again at every step.
import type { Tensor3D } from '@tensorflow/tfjs-core';
import type { AttentionModel } from '../../contract/experiment/model.ts';
import { createAttentionBody } from '../bodies/attention.ts';
import { createPositions } from '../bodies/positions.ts';
import { dense, denseSpecs } from '../dense.ts';
import { dropOut } from '../dropout.ts';
import { layerNorm, layerNormSpecs } from '../layer-norm.ts';
import { createTokenReader } from '../readers/tokens.ts';
import { HEAD } from '../writers/writer.ts';
import { DECODER_NORM, DECODER_POSITIONS, decoderBlockSpecs, runDecoderBlock } from './decoder-block.ts';
import { createSourceReader } from './source-reader.ts';
import type { Translator, TranslatorShape } from './translator.ts';

/** Beside the encoder's share: a block of the decoder has attention twice. */
const DECODER_SHARE = 1.5;

export function createAttentionTranslator(model: AttentionModel, shape: TranslatorShape): Translator {
  const { units, layers, dropout } = model;
  const source = createSourceReader(shape, units);
  const target = createTokenReader({ tokens: shape.targetTokens, units, table: 'target' });
  const encoder = createAttentionBody({ ...model, causal: false }, shape.mostSteps);
  const positions = createPositions(model, shape.mostSteps, DECODER_POSITIONS);
  const blocks = Array.from({ length: layers }, (_, layer) => layer);
  const isPre = model.normalization === 'pre';
  return {
    specs: [
      ...source.specs,
      ...encoder.specs,
      ...target.specs,
      ...positions.specs,
      ...blocks.flatMap((layer) => decoderBlockSpecs(model, layer)),
      ...(isPre ? layerNormSpecs(DECODER_NORM, units) : []),
      ...denseSpecs(HEAD, units, shape.targetTokens),
    ],
    hasAttention: true,
    state: { layers: 0, hasCell: false },
    activationFloats: (batch, steps) =>
      (1 + DECODER_SHARE) * encoder.activationFloats(batch, steps) +
      batch * steps * (4 * units + 4 * shape.targetTokens),
    encode(field, weight, pass) {
      const { steps, mask } = encoder.encode(source.read(field, weight), weight, pass);
      return { steps, mask, states: [] };
    },
    decode(x, memory, { weight, pass }) {
      const start: Tensor3D = dropOut(positions.add(target.read({ x }, weight), weight), dropout, pass);
      const out = blocks.reduce(
        (steps, layer) => runDecoderBlock(model, layer, { steps, memory }, { weight, pass }),
        start,
      );
      const steps = isPre ? layerNorm(out, DECODER_NORM, weight) : out;
      return { logits: dense(steps, HEAD, weight), states: [] };
    },
  };
}
