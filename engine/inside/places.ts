// Names of the recurrent layers and directions. Without TensorFlow.js, so that the host can use it.
import type { Place } from '../contract/inside/target.ts';

export const samePlace = (a: Place, b: Place): boolean =>
  a.part === b.part && a.layer === b.layer && a.direction === b.direction;

/** `layer 1`, `layer 0 of the decoder, backward` */
export function placeName({ part, layer, direction }: Place): string {
  return `layer ${layer} of the ${part}${direction === 'backward' ? ', backward' : ''}`;
}
