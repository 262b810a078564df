// Several translators as one: the probability of the next token is the mean of theirs. They read and write the same tokens, but may be of
// different kinds and sizes.
import * as tf from '@tensorflow/tfjs-core';
import { logSoftmax } from '../../ops/log-softmax.ts';
import type { NamedArray, WeightLookup } from '../parameters.ts';
import type { Translator, TranslatorMemory } from './translator.ts';

const pathOf = (member: number, name: string): string => `${member}/${name}`;

/** The weights of one member among those of the ensemble. */
export const memberWeight =
  (member: number, weight: WeightLookup): WeightLookup =>
  (name) =>
    weight(pathOf(member, name));

/** The weights of the members, in their order, as those of the ensemble. */
export const ensembleWeights = (members: readonly (readonly NamedArray[])[]): NamedArray[] =>
  members.flatMap((arrays, member) =>
    arrays.map((array) => ({ ...array, name: pathOf(member, array.name) })),
  );

/** @param members at least one; its logits are the logarithms of probabilities */
export function createTranslatorEnsemble(members: readonly Translator[]): Translator {
  const isRereading = members.some(({ state }) => state.layers === 0);
  const layersOf = (member: number): number => members[member]!.state.layers;
  const firstLayerOf = (member: number): number =>
    members.slice(0, member).reduce((sum, { state }) => sum + state.layers, 0);
  return {
    specs: members.flatMap(({ specs }, member) =>
      specs.map((spec) => ({ ...spec, name: pathOf(member, spec.name) })),
    ),
    hasAttention: members.every(({ hasAttention }) => hasAttention),
    // Where one of them keeps no state, all of them read what was written again.
    state: {
      layers: isRereading ? 0 : firstLayerOf(members.length),
      hasCell: members.some(({ state }) => state.hasCell),
    },
    activationFloats: (batch, steps) =>
      members.reduce((sum, member) => sum + member.activationFloats(batch, steps), 0),
    encode(field, weight, pass) {
      const [first, ...others] = members.map((member, index) =>
        member.encode(field, memberWeight(index, weight), pass),
      ) as [TranslatorMemory, ...TranslatorMemory[]];
      return { ...first, others };
    },
    decode(x, { others = [], ...first }, { weight, pass, initial }) {
      const answers = [first, ...others].map((memory, index) => {
        const begin = firstLayerOf(index);
        return members[index]!.decode(x, memory, {
          weight: memberWeight(index, weight),
          pass,
          ...(initial && { initial: initial.slice(begin, begin + layersOf(index)) }),
        });
      });
      const shares = answers.map(({ logits }) => tf.exp(logSoftmax(logits)));
      const mean = tf.div(tf.addN(shares), members.length);
      return {
        logits: tf.log(tf.maximum(mean, LEAST_SHARE)) as tf.Tensor3D,
        states: isRereading ? [] : answers.flatMap(({ states }) => states),
      };
    },
  };
}

/** A share of 0 has no logarithm. */
const LEAST_SHARE = 1e-37;
