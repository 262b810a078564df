// The equation of one unit at one step with its numbers, in float64 from the weights and the states before.

import type { InsideStep, StepCard } from '../contract/inside/dynamics.ts';
import { HindcastError } from '../contract/values/errors.ts';
import type { NamedArray } from '../models/parameters.ts';
import type { SitePlan } from './anatomy.ts';
import { CELLS } from './cells/registry.ts';
import { arrayOf, type Inspected } from './forecaster/inspected.ts';
import type { LayerInput } from './layer-input.ts';
import { placeName } from './places.ts';
import { valuesOf } from './site-values.ts';
import type { SiteValues } from './states-pieces.ts';

/** Terms that are shown by themselves. */
const MOST_TERMS = 5;

/** @throws HindcastError `invalid-input` */
export function requireWithin(
  what: 'step' | 'unit',
  index: number,
  known: { readonly first?: number; readonly count: number },
  { place }: SitePlan,
): void {
  const { first = 0, count } = known;
  if (index >= first && index < first + count) return;
  const counted = first > 0 ? `, counted from ${first}` : ', counted from 0';
  const message = `There is no ${what} ${index} in ${placeName(place)}: it has ${count}${counted}, so choose ${first} to ${first + count - 1}.`;
  throw new HindcastError('invalid-input', message, { details: { field: what } });
}

export interface StatesBefore {
  /** [units] */
  readonly hidden: Float64Array;
  /** Zeros where there is none. */
  readonly cell: Float64Array;
}

export interface At {
  readonly step: number;
  readonly row: number;
}

export function statesAt({ plan, hidden, cell }: SiteValues, { step, row }: At): StatesBefore {
  const { units, steps } = plan;
  const first = (row * steps + step) * units;
  const of = (values: Float32Array | undefined) =>
    values ? Float64Array.from(values.subarray(first, first + units)) : new Float64Array(units);
  return { hidden: of(hidden), cell: of(cell) };
}

interface CardInput extends At {
  readonly x: LayerInput;
  readonly before: StatesBefore;
  readonly unit: number;
}

export function cardOf(
  { arrays }: Pick<Inspected, 'arrays'>,
  site: SiteValues,
  given: CardInput,
): Pick<StepCard, 'blocks' | 'results' | 'gap'> {
  const { plan } = site;
  const { x, before, unit } = given;
  const { blocks: parts, update, gates } = CELLS[plan.cell];
  const kernel = arrayOf({ arrays }, `${plan.path}/kernel`);
  const recurrent = arrayOf({ arrays }, `${plan.path}/recurrentKernel`);
  const biases = plan.hasBias ? arrayOf({ arrays }, `${plan.path}/bias`).values : undefined;
  const blocks = parts.map(({ name, title, activation, behind }, index) => {
    const column = index * plan.units + unit;
    const state = behind === undefined ? before.hidden : gated(site, behind, before.hidden, given);
    const input = sumOf(x.values, kernel, column, x.nameOf);
    const past = sumOf(state, recurrent, column, (one) => `unit ${one}`);
    const bias = biases?.[column] ?? 0;
    const sum = totalOf(input) + totalOf(past) + bias;
    const { name: activationName, of } = activation(plan.isBounded);
    return { name, title, activation: activationName, input, recurrent: past, bias, sum, value: of(sum) };
  });
  const values = Object.fromEntries(blocks.map(({ name, value }) => [name, value]));
  const stored = (what: string) => valueAt(site, what, given);
  const results = update(values, { hidden: before.hidden[unit]!, cell: before.cell[unit]! }).map(
    ({ name, equation, value, stored: what }) => ({ name, equation, value, stored: stored(what) }),
  );
  const gaps = [
    ...results.map(({ value, stored: kept }) => Math.abs(value - kept)),
    ...gates.map(({ name }) => Math.abs(values[name]! - stored(name))),
  ];
  return { blocks, results, gap: Math.max(...gaps) };
}

function valueAt(
  site: SiteValues,
  what: string,
  { step, row, unit }: At & { readonly unit: number },
): number {
  const { values, width, offset } = valuesOf(site, what);
  return values[(row * site.plan.steps + step) * width + offset + unit]!;
}

/** The state behind a gate, unit by unit. */
function gated(site: SiteValues, gate: string, hidden: Float64Array, at: At): Float64Array {
  return hidden.map((value, unit) => value * valueAt(site, gate, { ...at, unit }));
}

type Sum = InsideStep['blocks'][number]['input'];

/** Of the values times a column of the weights: the largest terms, and the rest. */
function sumOf(
  values: Float64Array,
  { values: weights, shape }: NamedArray,
  column: number,
  nameOf: (index: number) => string,
): Sum {
  const width = shape[1]!;
  const all = Array.from(values, (value, index) => {
    const weight = weights[index * width + column]!;
    return { index, value, weight, product: value * weight };
  });
  all.sort((a, b) => Math.abs(b.product) - Math.abs(a.product) || a.index - b.index);
  const terms = all.slice(0, MOST_TERMS).map(({ index, ...term }) => ({ name: nameOf(index), ...term }));
  const others = all.slice(MOST_TERMS);
  return { terms, rest: others.reduce((sum, { product }) => sum + product, 0), restCount: others.length };
}

const totalOf = ({ terms, rest }: Sum): number => terms.reduce((sum, { product }) => sum + product, 0) + rest;
