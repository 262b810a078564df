// The view `describe`: what there is to see of a model, from its configuration and its data.
import type { InsidePlace, ModelInside } from '../../contract/inside/description.ts';
import type { PreparedForecast, WindowSet } from '../../data/prepared.ts';
import type { SitePlan } from '../anatomy.ts';
import { CELLS } from '../cells/registry.ts';
import type { OpenedModel } from '../forecaster/inspected.ts';
import { seasonOfRun } from '../forecaster/season.ts';
import { shownBy } from '../site-values.ts';

export function describe(opened: OpenedModel): ModelInside {
  const { prepared, anatomy } = opened;
  const { lookback, horizon, inputNames, targetNames, windows } = prepared;
  const { segment, attention, isByColumn, sites } = anatomy;
  return {
    views: viewsOf(opened),
    places: sites.map(placeOf),
    attention: [...attention],
    lookback,
    horizon,
    inputs: [...inputNames],
    targets: [...targetNames],
    isByColumn,
    segment: segment && { length: segment.length, stride: segment.stride, unread: segment.skipped },
    season: seasonOfRun(opened, 0),
    parts: Object.values(windows).map((set) => ({
      part: set.part,
      origins: set.count,
      series: originsBySeries(prepared, set),
    })),
  };
}

function viewsOf({ anatomy: { sites, attention }, experiment }: OpenedModel): string[] {
  const isGated = sites.some(({ cell }) => CELLS[cell].gates.length > 0);
  return [
    'window',
    ...(sites.length > 0 ? ['states', 'step', 'gradients', 'jacobian', 'captions', 'spectrum'] : []),
    ...(isGated ? ['gates'] : []),
    ...(attention.length > 0 ? ['attention', 'query', 'rollout'] : []),
    ...('positions' in experiment.model && experiment.model.positions !== 'none' ? ['positions'] : []),
    'attribute',
    'memory',
    'diagnose',
    'match',
  ];
}

export function placeOf(plan: SitePlan): InsidePlace {
  const { place, cell, units, steps, truncated } = plan;
  return { place, cell, units, steps, truncated, what: shownBy(plan), gates: [...CELLS[cell].gates] };
}

/** Windows of a part stand series by series. */
function originsBySeries({ series: all }: PreparedForecast, { series, origin, count }: WindowSet) {
  const found: ModelInside['parts'][number]['series'] = [];
  for (let first = 0; first < count; ) {
    const index = series[first]!;
    const { name, times } = all[index]!;
    let end = first;
    while (end < count && series[end] === index) end++;
    found.push({
      series: name,
      first,
      origins: end - first,
      firstUs: Number(times[origin[first]!]!),
      lastUs: Number(times[origin[end - 1]!]!),
    });
    first = end;
  }
  return found;
}
