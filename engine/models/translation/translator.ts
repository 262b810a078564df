// The interface of a model that reads a text and writes another one, token by token.
import type { Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import type { AttentionScores } from '../../contract/tasks/translate.ts';
import type { LayerState } from '../bodies/recurrent-layers.ts';
import type { ParameterSpec, WeightLookup } from '../parameters.ts';
import type { Pass } from '../pass.ts';
import type { Field } from '../readers/reader.ts';
import type { HintMemory } from './look-at-hints.ts';

export interface TranslatorShape {
  /** Different tokens of the text that is read, and of the one that is written. */
  readonly sourceTokens: number;
  readonly targetTokens: number;
  /** Where an image is read instead of tokens: numbers of a patch. */
  readonly patchFeatures?: number | undefined;
  /** Length of a token's vector; attention takes its own width. */
  readonly embedding: number;
  /** A recurrent encoder reads from both ends. */
  readonly bidirectional: boolean;
  /** Texts of the same tokens as are written stand beside what is read. */
  readonly hasHints?: boolean;
  /** Of the attention of a recurrent decoder. */
  readonly attentionScores: AttentionScores;
  /** Most tokens of either text, end signs included. */
  readonly mostSteps: number;
}

/** What is read, with texts beside it where the model has hints. */
export interface SourceField extends Field<Tensor> {
  readonly hints?: Field<Tensor2D> | undefined;
}

/** What was read: all that the decoder knows of it. */
export interface TranslatorMemory {
  /** [batch, steps, width], one vector for each token. */
  readonly steps: Tensor3D;
  /** [batch, steps], 0 at padding. */
  readonly mask: Tensor2D | undefined;
  /** [batch, steps, units], what additive scores need of each of these vectors. */
  readonly keys?: Tensor3D | undefined;
  readonly hints?: HintMemory | undefined;
  /** The decoder starts from it, layer by layer; empty where it keeps no state. */
  readonly states: readonly LayerState[];
  /** Of an ensemble: what all members but the first have read. */
  readonly others?: readonly TranslatorMemory[];
}

/** The same memory with other tensors. */
export function mapMemory(
  { steps, mask, keys, hints, states, others }: TranslatorMemory,
  map: <T extends Tensor2D | Tensor3D>(x: T) => T,
): TranslatorMemory {
  return {
    steps: map(steps),
    mask: mask && map(mask),
    keys: keys && map(keys),
    hints: hints && {
      steps: map(hints.steps),
      values: map(hints.values),
      mask: hints.mask && map(hints.mask),
    },
    states: states.map(({ hidden, cell }) => ({ hidden: map(hidden), cell: cell && map(cell) })),
    ...(others && { others: others.map((memory) => mapMemory(memory, map)) }),
  };
}

export interface DecoderPass {
  readonly weight: WeightLookup;
  readonly pass: Pass;
  /** As `states` of the answer before; default: those of what was read. */
  readonly initial?: readonly LayerState[] | undefined;
}

export interface DecoderAnswer {
  /** [batch, time, tokens] before softmax: of the token after each step. */
  readonly logits: Tensor3D;
  readonly states: readonly LayerState[];
}

export interface Translator {
  readonly specs: readonly ParameterSpec[];
  /** It looks at all that was read at every step; its weights are reported to `pass.onAttention`, layer by layer. */
  readonly hasAttention: boolean;
  /** Of the decoder's state; `layers` 0: none is kept, and all that was written is read again at every step. */
  readonly state: { readonly layers: number; readonly hasCell: boolean };
  activationFloats(batch: number, steps: number): number;
  /** x [batch, time] of tokens, or [batch, patches, numbers]; padding has no influence. */
  encode(field: SourceField, weight: WeightLookup, pass: Pass): TranslatorMemory;
  /** x [batch, time] of tokens that were written; a step sees no later one. */
  decode(x: Tensor2D, memory: TranslatorMemory, options: DecoderPass): DecoderAnswer;
}
