// The stoppers by name. A new one is a file beside this one, its name in the contract and a line here.
import { STOPPER_NAMES } from '../../contract/studies/search.ts';
import { asha } from './asha.ts';
import { median } from './median.ts';
import { none } from './none.ts';
import type { Stopper, StopperOptions } from './stopper.ts';

/** Each stopper checks its options before it is asked, so that they fit whichever one is found. */
const erased = <Options extends StopperOptions>(stopper: Stopper<Options>): Stopper =>
  stopper as unknown as Stopper;

const BY_NAME: Readonly<Record<(typeof STOPPER_NAMES)[number], Stopper>> = {
  none: erased(none),
  asha: erased(asha),
  median: erased(median),
};

export const STOPPERS = new Map<string, Stopper>(STOPPER_NAMES.map((name) => [name, BY_NAME[name]]));
