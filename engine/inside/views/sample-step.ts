// The view `card`: the equation of one unit at one step of a sample with its numbers.
import * as tf from '@tensorflow/tfjs-core';
import type { InsideCard, SampleStepChoice } from '../../contract/inside/reading.ts';
import type { Site, SiteStates } from '../../models/pass.ts';
import type { ReadSample } from '../../tasks/sample-reading.ts';
import type { SitePlan } from '../anatomy.ts';
import type { LayerInput } from '../layer-input.ts';
import { samePlace } from '../places.ts';
import { anatomyAt, type Reader } from '../readings/load.ts';
import { chooseSample } from '../readings/samples.ts';
import { planAt } from '../site-values.ts';
import { copied, joinPieces, readPiece, type SiteValues, type StatesPiece } from '../states-pieces.ts';
import { type At, cardOf, requireWithin, type StatesBefore, statesAt } from '../step-card.ts';
import { firstStep } from '../translator-anatomy.ts';

export function card(reader: Reader, choice: SampleStepChoice): InsideCard {
  const sample = chooseSample(reader, choice);
  const plan = planAt(anatomyAt(reader, sample), choice.place);
  const first = firstStep(plan, sample.source ?? 0);
  requireWithin('unit', choice.unit, { count: plan.units }, plan);
  requireWithin('step', choice.step, { first, count: plan.steps }, plan);
  const seen = seenAt(reader, sample, plan);
  const at = { step: choice.step - first, row: 0 };
  const before = statesBefore(seen, at);
  const x = { values: inputAt(seen, at.step), nameOf: namerOf(reader, sample, plan, choice.step) };
  return {
    sample: sample.name,
    token: sample.labels?.[choice.step] ?? null,
    place: plan.place,
    step: choice.step,
    unit: choice.unit,
    before: {
      hidden: before.hidden[choice.unit]!,
      cell: seen.site.cell ? before.cell[choice.unit]! : null,
    },
    ...cardOf(reader, seen.site, { x, before, unit: choice.unit, ...at }),
  };
}

interface SeenSite {
  readonly site: SiteValues;
  /** [steps, features] */
  readonly inputs: Float32Array;
  readonly initial: StatesBefore;
}

function seenAt(reader: Reader, sample: ReadSample, plan: SitePlan): SeenSite {
  const pieces: (StatesPiece & { readonly inputs: Float32Array })[] = [];
  let initial: StatesBefore | undefined;
  const listen = (site: Site, states: SiteStates) => {
    if (!samePlace(site, plan.place)) return;
    pieces.push({ ...readPiece(site, states), inputs: copied(states.inputs) });
    if (states.initial) initial ??= initialOf(states.initial, plan.units);
  };
  tf.tidy(() => {
    reader.readings.answer([sample.values], reader.parameters.weight, { onStates: listen }, sample);
  });
  const inputs = pieces
    .toSorted((a, b) => Number(b.site.piece === 'before') - Number(a.site.piece === 'before'))
    .flatMap((piece) => [...piece.inputs]);
  const zeros = { hidden: new Float64Array(plan.units), cell: new Float64Array(plan.units) };
  const isCut = plan.truncated > 0;
  return {
    site: joinPieces(plan, pieces),
    inputs: Float32Array.from(inputs),
    // What the steps after a cut begin with are the states of the steps before it.
    initial: (isCut ? undefined : initial) ?? zeros,
  };
}

const initialOf = ({ hidden, cell }: NonNullable<SiteStates['initial']>, units: number): StatesBefore => ({
  hidden: Float64Array.from(copied(hidden)),
  cell: cell ? Float64Array.from(copied(cell)) : new Float64Array(units),
});

function statesBefore({ site, initial }: SeenSite, { step, row }: At): StatesBefore {
  const { place, steps } = site.plan;
  const earlier = step + (place.direction === 'forward' ? -1 : 1);
  return earlier >= 0 && earlier < steps ? statesAt(site, { step: earlier, row }) : initial;
}

function inputAt({ inputs, site }: SeenSite, step: number): Float64Array {
  const features = inputs.length / site.plan.steps;
  return Float64Array.from(inputs.subarray(step * features, (step + 1) * features));
}

/** Channels have names; a token is a vector, and so is a layer below. */
function namerOf(
  { readings: { channels, translator } }: Reader,
  { labels, source = 0 }: ReadSample,
  { place, units }: SitePlan,
  step: number,
): LayerInput['nameOf'] {
  if (place.layer > 0) {
    const isBoth = place.part === 'encoder' && (translator?.bidirectional ?? place.direction === 'backward');
    return (feature) => nameOfUnit(feature, units, place.layer - 1, isBoth);
  }
  const token = labels?.[place.part === 'decoder' && translator?.repeatsLast ? source - 1 : step];
  return (feature) =>
    token === undefined
      ? (channels[feature] ?? `input ${feature}`)
      : `value ${feature} of ${JSON.stringify(token)}`;
}

const nameOfUnit = (feature: number, units: number, layer: number, isBoth: boolean): string =>
  feature < units
    ? `unit ${feature} of layer ${layer}${isBoth ? ' forward' : ''}`
    : `unit ${feature - units} of layer ${layer} backward`;
