// The view `step`: the equation of one unit at one step with its numbers, in float64 from the weights and the states before.
import { HindcastError } from '../../contract/errors.ts';
import type { InsideStep, StepChoice } from '../../contract/inside/dynamics.ts';
import type { WindowChoice } from '../../contract/inside/target.ts';
import type { NamedArray } from '../../models/parameters.ts';
import type { SitePlan } from '../anatomy.ts';
import { CELLS } from '../cells/registry.ts';
import { type Capture, captureWindow } from '../forecaster/capture.ts';
import { arrayOf, type Inspected } from '../forecaster/inspected.ts';
import { chooseWindow } from '../forecaster/window.ts';
import { type LayerInput, layerInput } from '../layer-input.ts';
import { placeName } from '../places.ts';
import { planAt, valuesOf } from '../site-values.ts';
import type { SiteValues } from '../states-pieces.ts';

/** Terms that are shown by themselves. */
const MOST_TERMS = 5;

export function step(inspected: Inspected, choice: WindowChoice & StepChoice): InsideStep {
  const { anatomy, prepared } = inspected;
  const plan = planAt(anatomy, choice.place);
  requireWithin('step', choice.step, plan.steps, plan);
  requireWithin('unit', choice.unit, plan.units, plan);
  const chosen = chooseWindow(prepared, choice);
  const seen = captureWindow(inspected, choice, chosen);
  const site = seen.sites[anatomy.sites.indexOf(plan)]!;
  const at = { step: choice.step, row: anatomy.isByColumn ? chosen.target : 0 };
  const before = statesBefore(seen, site, at);
  const x = layerInput(inspected, seen, plan, at);
  const card = cardOf(inspected, site, { x, before, unit: choice.unit, ...at });
  return {
    about: chosen.about,
    place: plan.place,
    step: choice.step,
    unit: choice.unit,
    before: {
      hidden: before.hidden[choice.unit]!,
      cell: site.cell ? before.cell[choice.unit]! : null,
    },
    ...card,
  };
}

function requireWithin(what: 'step' | 'unit', index: number, count: number, plan: SitePlan): void {
  if (index < count) return;
  throw new HindcastError(
    'invalid-input',
    `There is no ${what} ${index} in ${placeName(plan.place)}: it has ${count}, counted from 0, so choose 0 to ${count - 1}.`,
    { details: { field: what } },
  );
}

interface StatesBefore {
  /** [units] */
  readonly hidden: Float64Array;
  /** Zeros where there is none. */
  readonly cell: Float64Array;
}

interface At {
  readonly step: number;
  readonly row: number;
}

/** Of all units; zeros before the first step, in a decoder the encoder's last state. */
function statesBefore(seen: Capture, site: SiteValues, { step, row }: At): StatesBefore {
  const { place, steps, units } = site.plan;
  const earlier = step + (place.direction === 'forward' ? -1 : 1);
  if (earlier >= 0 && earlier < steps) return statesAt(site, { step: earlier, row });
  const encoder = seen.sites.find(
    ({ plan }) => plan.place.part === 'encoder' && plan.place.layer === place.layer,
  );
  if (place.part === 'encoder' || !encoder) {
    return { hidden: new Float64Array(units), cell: new Float64Array(units) };
  }
  return statesAt(encoder, { step: encoder.plan.steps - 1, row });
}

function statesAt({ plan, hidden, cell }: SiteValues, { step, row }: At): StatesBefore {
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

function cardOf(inspected: Inspected, site: SiteValues, given: CardInput) {
  const { plan } = site;
  const { x, before, unit } = given;
  const { blocks: parts, update, gates } = CELLS[plan.cell];
  const kernel = arrayOf(inspected, `${plan.path}/kernel`);
  const recurrent = arrayOf(inspected, `${plan.path}/recurrentKernel`);
  const biases = plan.hasBias ? arrayOf(inspected, `${plan.path}/bias`).values : undefined;
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
