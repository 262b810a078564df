// The view `states`: hidden states, cell states or a gate of one window as a heat map of units over time.
import { InsideStatesFrame, type StatesChoice } from '../../contract/inside/states.ts';
import type { WindowChoice } from '../../contract/inside/target.ts';
import { readoutStep, rowsOfStep } from '../anatomy.ts';
import { CELLS } from '../cells/registry.ts';
import { captureWindow } from '../forecaster/capture.ts';
import type { Inspected } from '../forecaster/inspected.ts';
import { seasonOfRun } from '../forecaster/season.ts';
import { chooseWindow } from '../forecaster/window.ts';
import { memoryOf } from '../memory.ts';
import { reduceGrid } from '../reduce.ts';
import { ORDERS } from '../row-orders.ts';
import { planAt, unitsOverTime, valuesOf } from '../site-values.ts';
import type { SiteValues } from '../states-pieces.ts';

export function states(inspected: Inspected, choice: WindowChoice & StatesChoice): Uint8Array {
  const { prepared, anatomy } = inspected;
  const plan = planAt(anatomy, choice.place);
  const chosen = chooseWindow(prepared, choice);
  const seen = captureWindow(inspected, choice, chosen);
  const site = seen.sites[anatomy.sites.indexOf(plan)]!;
  // Of one window: by itself, or column by column.
  const row = anatomy.isByColumn ? chosen.target : 0;
  const shown = valuesOf(site, choice.what);
  const { units, steps } = plan;
  const values = unitsOverTime(shown, plan, row);
  const memory = memoryOf(site, row);
  const season = seasonInSteps(inspected, site, chosen.series);
  const order = ORDERS[choice.order]({ values, units, steps, memory, season });
  const most = choice.whole ? { rows: units, columns: steps } : choice;
  const grid = { values: inOrder(values, order, steps), rows: units, columns: steps, middle: shown.middle };
  const reduced = reduceGrid(grid, most);
  const read = reduced.columns.map(({ from, count }) => ({
    from: rowsOfStep(anatomy, plan.place.part, from, prepared.lookback).from,
    end: rowsOfStep(anatomy, plan.place.part, from + count - 1, prepared.lookback).end,
  }));
  return InsideStatesFrame.encode({
    header: {
      about: chosen.about,
      place: plan.place,
      what: choice.what,
      order: choice.order,
      units,
      steps,
      rows: reduced.rows.map(({ from, count }) => order.slice(from, from + count)),
      whole: reduced.rows.length === units && reduced.columns.length === steps,
      middle: shown.middle,
      reach: reduced.reach,
      truncated: plan.truncated,
      readout: readoutStep(plan),
      saturated: saturation(site, row),
      memory,
    },
    columns: {
      step: Int32Array.from(reduced.columns, ({ from }) => from),
      steps: Int32Array.from(reduced.columns, ({ count }) => count),
      row: Int32Array.from(read, ({ from }) => from),
      end: Int32Array.from(read, ({ end }) => end),
      mean: reduced.mean,
      extreme: reduced.extreme,
    },
  });
}

/** A step of a segmented model is `stride` rows after the one before. */
function seasonInSteps(inspected: Inspected, { plan }: SiteValues, series: number): number | null {
  const rows = seasonOfRun(inspected, series);
  const stride = plan.place.part === 'encoder' ? (inspected.anatomy.segment?.stride ?? 1) : 1;
  return rows && rows / stride;
}

function inOrder(values: Float64Array, order: readonly number[], steps: number): Float64Array {
  const out = new Float64Array(values.length);
  for (const [row, unit] of order.entries()) {
    out.set(values.subarray(unit * steps, (unit + 1) * steps), row * steps);
  }
  return out;
}

/** Share of the steps at which each unit is saturated. */
function saturation(site: SiteValues, row: number): number[] {
  const { plan } = site;
  const { units, steps, isBounded } = plan;
  const { hasCell, isSaturated } = CELLS[plan.cell];
  const lines = unitsOverTime(valuesOf(site, hasCell ? 'cell' : 'hidden'), plan, row);
  return Array.from({ length: units }, (_, unit) => {
    const line = lines.subarray(unit * steps, (unit + 1) * steps);
    return line.reduce((count, value) => count + (isSaturated(value, isBounded) ? 1 : 0), 0) / steps;
  });
}
