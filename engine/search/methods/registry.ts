// The search methods by name. A new method is a file beside this one, its name in the contract and a line here.
import { SEARCH_METHODS } from '../../contract/studies/search.ts';
import { grid } from './grid.ts';
import { halton } from './halton.ts';
import type { MethodOptions, SearchMethod } from './method.ts';
import { random } from './random.ts';
import { tpe } from './tpe.ts';

/** Each method checks its options before it is asked, so that they fit whichever method is found. */
const erased = <Options extends MethodOptions>(method: SearchMethod<Options>): SearchMethod =>
  method as unknown as SearchMethod;

const BY_NAME: Readonly<Record<(typeof SEARCH_METHODS)[number], SearchMethod>> = {
  tpe: erased(tpe),
  random: erased(random),
  halton: erased(halton),
  grid: erased(grid),
};

export const METHODS = new Map<string, SearchMethod>(SEARCH_METHODS.map((name) => [name, BY_NAME[name]]));
