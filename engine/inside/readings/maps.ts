// The maps of one sample: states or a gate of a layer, unit by unit, and where the heads of a layer look.

import type { ReadChoice } from '../../contract/inside/reading.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { ReadSample } from '../../tasks/sample-reading.ts';
import { summarizeHead } from '../heads.ts';
import { memoryOf } from '../memory.ts';
import { reduceGrid } from '../reduce.ts';
import { meanOfHeads } from '../rollout.ts';
import { ORDERS } from '../row-orders.ts';
import { planAt, unitsOverTime, valuesOf } from '../site-values.ts';
import { firstStep } from '../translator-anatomy.ts';
import type { SeenSample } from './pass.ts';

/** Lines of a map, and queries of one. */
const MOST_LINES = 400;
const MOST_QUERIES = 200;

const NO_STATES = { rows: [], mean: [], extreme: [], middle: 0, reach: 1, truncated: 0 };

export function statesOf(
  { anatomy, sites }: SeenSample,
  { place, what, order, whole }: ReadChoice,
  sample: ReadSample,
) {
  if (sites.length === 0) return NO_STATES;
  const plan = planAt(anatomy, place);
  const site = sites[anatomy.sites.indexOf(plan)]!;
  const shown = valuesOf(site, what);
  const { units, steps, truncated } = plan;
  const first = firstStep(plan, sample.source ?? 0);
  const values = unitsOverTime(shown, plan, 0);
  const lines = ORDERS[order]({ values, units, steps, memory: memoryOf(site, 0), season: null });
  const ordered = new Float64Array(values.length);
  for (const [row, unit] of lines.entries())
    ordered.set(values.subarray(unit * steps, (unit + 1) * steps), row * steps);
  const { middle } = shown;
  const grid = { values: ordered, rows: units, columns: steps, middle };
  const { rows, mean, extreme, reach } = reduceGrid(grid, {
    rows: whole ? units : MOST_LINES,
    columns: steps,
  });
  return {
    rows: rows.map(({ from, count }) => lines.slice(from, from + count)),
    mean: Array.from(mean, (line) => placed(line, first, sample.steps)),
    extreme: Array.from(extreme, (line) => placed(line, first, sample.steps)),
    middle,
    reach,
    truncated,
  };
}

/** Values of a stretch of the sample's steps, NaN beside it. */
function placed(values: ArrayLike<number>, first: number, steps: number): Float32Array {
  if (values.length === steps) return Float32Array.from(values);
  const out = new Float32Array(steps).fill(Number.NaN);
  out.set(values, first);
  return out;
}

const NO_HEADS = { queries: [], summaries: [], weights: [] };

export function headsOf(
  { anatomy, attention }: SeenSample,
  { layer, head, whole }: ReadChoice,
  sample: ReadSample,
) {
  if (anatomy.attention.length === 0) return NO_HEADS;
  const plan = anatomy.attention[layer];
  if (!plan) throw noSuch('layer of attention', layer, anatomy.attention.length);
  if (head !== null && head >= plan.heads) throw noSuch('head', head, plan.heads);
  const all = attention[layer];
  if (!all) return NO_HEADS;
  const { queries, keys } = plan;
  const size = queries * keys;
  // What is written looks at what is read.
  const firstQuery = plan.isAlignment ? (sample.source ?? 0) : 0;
  const of = (index: number) => all.subarray(index * size, (index + 1) * size);
  const values = head === null ? meanOfHeads({ plan, head: of }) : of(head);
  const grid = { values, rows: queries, columns: keys, middle: 0 };
  const reduced = reduceGrid(grid, { rows: whole ? queries : MOST_QUERIES, columns: keys });
  return {
    queries: reduced.rows.map(({ from, count }) =>
      Array.from({ length: count }, (_, at) => firstQuery + from + at),
    ),
    weights: Array.from(reduced.extreme, (line) => placed(line, 0, sample.steps)),
    summaries: Array.from({ length: plan.heads }, (_, index) => {
      const { name, entropy } = summarizeHead(index, of(index), plan);
      return { head: index, name, entropy };
    }),
  };
}

const noSuch = (what: string, index: number, count: number): HindcastError =>
  new HindcastError(
    'invalid-input',
    `There is no ${what} ${index}: there are ${count}, counted from 0, so choose 0 to ${count - 1}.`,
    { details: { field: what === 'head' ? 'head' : 'layer' } },
  );
