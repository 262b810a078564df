// The view `gates`: how open the gates of a layer are over some windows (shares as in Karpathy et al. 2016), and how long units keep.

import type { GatesChoice, InsideGates } from '../../contract/inside/dynamics.ts';
import type { WindowChoice } from '../../contract/inside/target.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { spacedIndices } from '../../data/complete-windows.ts';
import type { SitePlan } from '../anatomy.ts';
import type { Gate } from '../cells/cell.ts';
import { CELLS } from '../cells/registry.ts';
import { capture } from '../forecaster/capture.ts';
import type { Inspected } from '../forecaster/inspected.ts';
import { chooseWindow } from '../forecaster/window.ts';
import { memoryOfGate } from '../memory.ts';
import { planAt, valuesOf } from '../site-values.ts';
import type { SiteValues } from '../states-pieces.ts';

const CLASSES = 32;
const SHUT = 0.1;
const OPEN = 0.9;
/** States of all sites of a pass, so that a wide model is looked at in fewer windows. */
const MOST_VALUES = 16_000_000;

export function gates(inspected: Inspected, choice: WindowChoice & GatesChoice): InsideGates {
  const { anatomy, prepared } = inspected;
  const plan = planAt(anatomy, choice.place);
  const all = CELLS[plan.cell].gates;
  if (all.length === 0) throw noGates(plan);
  const chosen = chooseWindow(prepared, choice);
  const most = Math.min(choice.windows, windowsThatFit(inspected));
  const windows = most === 1 ? [chosen.index] : spacedIndices(chosen.about.origins, most);
  const seen = capture(inspected, { part: choice.part, windows });
  const site = seen.sites[anatomy.sites.indexOf(plan)]!;
  return {
    place: plan.place,
    windows: windows.length,
    steps: plan.steps,
    gates: all.map((gate) => statisticsOf(site, gate)),
    memory: memoryOfUnits(site, all),
  };
}

function noGates({ cell }: SitePlan): HindcastError {
  return new HindcastError(
    'invalid-input',
    `A layer of the kind ${cell} has no gates; look at its states, or choose a model with gates (gru, lstm).`,
    { details: { cell } },
  );
}

export function windowsThatFit({ anatomy, prepared }: Inspected): number {
  const perRow = anatomy.sites.reduce((sum, { units, steps, cell }) => {
    return sum + units * steps * (2 + CELLS[cell].gates.length);
  }, 0);
  const perWindow = perRow * (anatomy.isByColumn ? prepared.targetNames.length : 1);
  return Math.max(1, Math.floor(MOST_VALUES / perWindow));
}

/** [rows x steps] values of one unit. */
function seriesOf(site: SiteValues, name: string, unit: number): Float64Array {
  const { values, width, offset } = valuesOf(site, name);
  return Float64Array.from({ length: values.length / width }, (_, at) => values[at * width + offset + unit]!);
}

function statisticsOf(site: SiteValues, { name, title, isGate }: Gate): InsideGates['gates'][number] {
  const from = isGate ? 0 : -1;
  const counts = new Array<number>(CLASSES).fill(0);
  const below: number[] = [];
  const above: number[] = [];
  const mean: number[] = [];
  for (let unit = 0; unit < site.plan.units; unit++) {
    const values = seriesOf(site, name, unit);
    let [low, high, sum] = [0, 0, 0];
    for (const value of values) {
      sum += value;
      if (isGate && value < SHUT) low++;
      if (isGate && value > OPEN) high++;
      const index = Math.floor(((value - from) / (1 - from)) * CLASSES);
      counts[Math.max(0, Math.min(CLASSES - 1, index))]!++;
    }
    below.push(low / values.length);
    above.push(high / values.length);
    mean.push(sum / values.length);
  }
  return { name, title, isGate, below, above, mean, histogram: { from, to: 1, counts } };
}

function memoryOfUnits(site: SiteValues, all: readonly Gate[]): (number | null)[] {
  const keep = all.find(({ keeps }) => keeps)!;
  return Array.from({ length: site.plan.units }, (_, unit) =>
    memoryOfGate(seriesOf(site, keep.name, unit), site.plan.steps),
  );
}
