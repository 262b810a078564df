// The view `spectrum`: singular values and eigenvalues of a block of the recurrent weights (Pascanu et al. 2013).

import type { InsideSpectrum, SpectrumChoice } from '../../contract/inside/dynamics.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { CELLS } from '../cells/registry.ts';
import { arrayOf, type Inspected } from '../forecaster/inspected.ts';
import { planAt } from '../site-values.ts';
import { blockAt, spectrumOf } from '../spectrum.ts';

/** What the weights alone show, of any model. */
export type Weighted = Pick<Inspected, 'anatomy' | 'arrays'>;

export function spectrum(inspected: Weighted, { place, what }: SpectrumChoice): InsideSpectrum {
  const plan = planAt(inspected.anatomy, place);
  const { blocks, gates } = CELLS[plan.cell];
  const names = blocks.map(({ name }) => name);
  const candidate = gates.find(({ isGate }) => !isGate)?.name ?? names[0]!;
  const index = names.indexOf(what ?? candidate);
  if (index < 0) {
    const message = `The recurrent weights of this layer have no block "${what}"; they have ${names.join(', ')}.`;
    throw new HindcastError('invalid-input', message, { details: { field: 'what' } });
  }
  const { units, path } = plan;
  const { values } = arrayOf(inspected, `${path}/recurrentKernel`);
  const found = spectrumOf(blockAt(values, { units, blocks: blocks.length, index }), units);
  const sentence =
    gates.length > 0 ? GATED : plainSentence(found.singularValues[0] ?? 0, found.radius, plan.isBounded);
  return { place: plan.place, what: names[index]!, blocks: names, units, ...found, sentence };
}

const GATED =
  'In a gated layer neither number decides whether gradients fade: the gates do, and the weights shrink or grow only what they let through.';

/** A bound below 1 is sufficient to vanish; above 1 it is only necessary to explode. */
function plainSentence(norm: number, radius: number, isBounded: boolean): string {
  const numbers = `The largest singular value is ${norm.toPrecision(3)}, the spectral radius ${radius.toPrecision(3)}`;
  if (norm < 1) return `${numbers}: each step shrinks the gradient, so it must vanish.`;
  const slope = isBounded ? 'tanh, whose slope is below 1,' : 'units that are off';
  return `${numbers}: a step can make the gradient longer, so it may explode; ${slope} can still make it vanish.`;
}
