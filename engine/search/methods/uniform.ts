// Values from numbers in [0, 1).
import type { Dimension, Values } from '../../contract/studies/search.ts';
import type { RandomStream } from '../../training/random-streams.ts';
import type { Group } from '../problem.ts';
import { scaleOf } from '../scale.ts';

/** Every value of the dimension has its even share of [0, 1). */
export function valueAtShare(dimension: Dimension, share: number): Values[string] {
  if (dimension.kind === 'categorical') {
    const { values } = dimension;
    return values[Math.min(values.length - 1, Math.floor(share * values.length))] ?? null;
  }
  const { low, high, value } = scaleOf(dimension);
  return value(low + share * (high - low));
}

export const uniformValues = (group: Group, stream: RandomStream): Values =>
  Object.fromEntries(group.map(({ path, dimension }) => [path, valueAtShare(dimension, stream.uniform())]));
