// The view `gradients`: how the gradient of the loss fades on its way back through time, and what that means for these data.
import type { GradientsChoice, InsideGradients, PlaceGradients } from '../../contract/inside/dynamics.ts';
import type { WindowChoice } from '../../contract/inside/target.ts';
import type { SitePlan } from '../anatomy.ts';
import { autocorrelationAt } from '../autocorrelation.ts';
import type { Inspected } from '../forecaster/inspected.ts';
import { seasonOfRun } from '../forecaster/season.ts';
import { type LagNorms, stateGradients, windowsWithTargets } from '../forecaster/state-gradients.ts';
import { chooseWindow } from '../forecaster/window.ts';
import { planAt } from '../site-values.ts';
import { verdictOn } from '../verdict.ts';
import { windowsThatFit } from './forecast-gates.ts';

type Choice = WindowChoice & GradientsChoice & { readonly clipped: number | null };

export function gradients(inspected: Inspected, choice: Choice): InsideGradients {
  const { prepared, anatomy } = inspected;
  // Says so where there is none at all.
  planAt(anatomy, anatomy.sites[0]?.place ?? { part: 'encoder', layer: 0, direction: 'forward' });
  const most = Math.min(choice.windows, windowsThatFit(inspected));
  const windows = windowsWithTargets(prepared, choice.part, most);
  const found = stateGradients(inspected, choice.part, windows);
  return {
    windows: windows.length,
    places: found.map((one) => placeOf(inspected, one)),
    verdict: verdictFor(inspected, found, { ...choice, origin: windows[0]! }),
  };
}

function placeOf(inspected: Inspected, { plan, hidden, cell }: LagNorms): PlaceGradients {
  return {
    place: plan.place,
    hidden: [...hidden],
    cell: cell ? [...cell] : null,
    absent: plan.steps - hidden.length,
    throughTime: isThroughTime(inspected, plan),
  };
}

/** The readout reads one step of the top layer; layers above and a decoder's attention read every step. */
function isThroughTime({ anatomy }: Inspected, { place }: SitePlan): boolean {
  const layers = anatomy.sites.filter((site) => site.place.part === place.part);
  const isTop = layers.every((site) => site.place.layer <= place.layer);
  const isLookedAt = anatomy.attention.some(({ isAlignment }) => isAlignment);
  return isTop && place.part === 'encoder' && !isLookedAt;
}

/** Of the encoder's top layer, forward: the way from the answer to the past. */
function verdictFor(inspected: Inspected, found: readonly LagNorms[], choice: Choice) {
  const { prepared, anatomy } = inspected;
  const top = found.findLast(
    ({ plan: { place } }) => place.part === 'encoder' && place.direction === 'forward',
  );
  if (!top || top.hidden.length < 2) return null;
  const { about, series, target } = chooseWindow(prepared, choice);
  const stride = anatomy.segment?.stride ?? 1;
  const season = seasonOfRun(inspected, series);
  const oldest = top.hidden.length - 1;
  const lag = season !== null && season % stride === 0 ? Math.min(season / stride, oldest) : oldest;
  const { actuals, trainRows } = prepared.series[series]!;
  return verdictOn({
    place: top.plan.place,
    norms: top.hidden,
    absent: top.plan.steps - top.hidden.length,
    lag,
    autocorrelation: autocorrelationAt(actuals[target]!.subarray(0, trainRows), lag * stride),
    target: about.target,
    clipped: choice.clipped,
  });
}
