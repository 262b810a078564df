// Choosing among the sites of a model and what each of them shows.

import type { Place } from '../contract/inside/target.ts';
import { HindcastError } from '../contract/values/errors.ts';
import type { Anatomy, SitePlan } from './anatomy.ts';
import { CELLS } from './cells/registry.ts';
import { placeName, samePlace } from './places.ts';

/** Of a linear map. */
export const WITHOUT_STEPS =
  'This model has neither a recurrent state nor attention; look at its attribution, memory and weights (histograms) instead.';

/** @throws HindcastError `invalid-input` where the model has no such part. */
export function planAt({ sites, attention }: Pick<Anatomy, 'sites' | 'attention'>, place: Place): SitePlan {
  const found = sites.find((site) => samePlace(site.place, place));
  if (found) return found;
  if (sites.length === 0) {
    throw new HindcastError(
      'invalid-input',
      attention.length > 0
        ? 'This model has no recurrent state: it looks at all steps at once; ask for its attention instead.'
        : WITHOUT_STEPS,
    );
  }
  const known = sites.map((site) => placeName(site.place)).join('; ');
  throw new HindcastError('invalid-input', `The model has no ${placeName(place)}; it has ${known}.`, {
    details: { field: 'place' },
  });
}

/** Names of what a site shows. */
export function shownBy({ cell }: SitePlan): string[] {
  const { hasCell, gates } = CELLS[cell];
  return ['hidden', ...(hasCell ? ['cell'] : []), ...gates.map(({ name }) => name)];
}

export interface ShownValues {
  /** [rows, steps, width] */
  readonly values: Float32Array;
  readonly width: number;
  /** Where the units begin in the width. */
  readonly offset: number;
  /** The middle of their range. */
  readonly middle: number;
}

interface Shown {
  readonly plan: SitePlan;
  readonly hidden: Float32Array;
  readonly cell: Float32Array | undefined;
  readonly gates: Float32Array | undefined;
}

/** @throws HindcastError `invalid-input` where the cell has nothing of that name. */
export function valuesOf({ plan, hidden, cell, gates }: Shown, what: string): ShownValues {
  const { units } = plan;
  if (what === 'hidden') return { values: hidden, width: units, offset: 0, middle: 0 };
  if (what === 'cell' && cell) return { values: cell, width: units, offset: 0, middle: 0 };
  const all = CELLS[plan.cell].gates;
  const index = all.findIndex(({ name }) => name === what);
  if (index < 0 || !gates) throw nothingSo(plan, what);
  return {
    values: gates,
    width: all.length * units,
    offset: index * units,
    middle: all[index]!.isGate ? 0.5 : 0,
  };
}

function nothingSo(plan: SitePlan, what: string): HindcastError {
  const known = shownBy(plan);
  const message = `This layer has no "${what}"; it shows ${known.join(', ')}.`;
  return new HindcastError('invalid-input', message, { details: { field: 'what', known } });
}

/** [units, steps] of one row, in float64. */
export function unitsOverTime(
  { values, width, offset }: ShownValues,
  { units, steps }: Pick<SitePlan, 'units' | 'steps'>,
  row: number,
): Float64Array {
  const out = new Float64Array(units * steps);
  for (let step = 0; step < steps; step++) {
    const from = (row * steps + step) * width + offset;
    for (let unit = 0; unit < units; unit++) out[unit * steps + step] = values[from + unit]!;
  }
  return out;
}
