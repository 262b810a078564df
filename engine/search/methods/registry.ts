// The search methods by name. A new method is a file beside this one and a line here.
import { grid } from './grid.ts';
import { halton } from './halton.ts';
import type { MethodOptions, SearchMethod } from './method.ts';
import { random } from './random.ts';
import { tpe } from './tpe.ts';

/** Each method checks its options before it is asked, so that they fit whichever method is found. */
const erased = <Options extends MethodOptions>(method: SearchMethod<Options>): SearchMethod =>
  method as unknown as SearchMethod;

export const METHODS = new Map<string, SearchMethod>(
  [erased(tpe), erased(random), erased(halton), erased(grid)].map((method) => [method.kind, method]),
);
