// Self-attention over a sequence: positions, blocks of attention, and, where the blocks normalise before their parts, a final
// normalisation.
import type { AttentionModel } from '../../contract/experiment/model.ts';
import { dropOut } from '../dropout.ts';
import { layerNorm, layerNormSpecs } from '../layer-norm.ts';
import { blockSpecs, feedForwardWidth, runBlock } from './attention-block.ts';
import type { Body } from './body.ts';
import { lastOf } from './last-step.ts';
import { createPositions } from './positions.ts';

/**
 * Floats that one step of a window takes at the peak, for the memory estimate, measured: what every block keeps for the backward pass,
 * and what that of one block needs for a while.
 */
function floatsOfStep(model: AttentionModel): number {
  const isDropping = model.dropout > 0;
  const width = feedForwardWidth(model);
  // The feed-forward part's value, and its derivative or what dropout left of it.
  const copies = model.activation === 'gelu' || isDropping ? 2 : 1;
  const ofBlock = (isDropping ? 10.9 : 9) * model.units + copies * width;
  return model.layers * ofBlock + 2 * model.units + width;
}

/** @param maxSteps most steps that a sequence has beside its padding */
export function createAttentionBody(model: AttentionModel, maxSteps: number): Body {
  const { units, layers, dropout } = model;
  const blocks = Array.from({ length: layers }, (_, layer) => layer);
  const positions = createPositions(model, maxSteps);
  const isPre = model.normalization === 'pre';
  return {
    specs: [
      ...positions.specs,
      ...blocks.flatMap((layer) => blockSpecs(model, layer)),
      ...(isPre ? layerNormSpecs('norm', units) : []),
    ],
    units,
    encode(sequence, weight, pass) {
      const { mask } = sequence;
      const start = dropOut(positions.add(sequence, weight), dropout, pass);
      const out = blocks.reduce((x, layer) => runBlock(model, layer, { x, mask }, { weight, pass }), start);
      const steps = isPre ? layerNorm(out, 'norm', weight) : out;
      return {
        steps,
        mask,
        // Only where a readout asks for it.
        get last() {
          return lastOf(steps, mask);
        },
      };
    },
    activationFloats: (batch, steps) => batch * steps * floatsOfStep(model),
  };
}
