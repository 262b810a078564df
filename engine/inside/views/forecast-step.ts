// The view `step`: the equation of one unit at one step of a window with its numbers.
import type { InsideStep, StepChoice } from '../../contract/inside/dynamics.ts';
import type { WindowChoice } from '../../contract/inside/target.ts';
import { type Capture, captureWindow } from '../forecaster/capture.ts';
import type { Inspected } from '../forecaster/inspected.ts';
import { chooseWindow } from '../forecaster/window.ts';
import { layerInput } from '../layer-input.ts';
import { planAt } from '../site-values.ts';
import type { SiteValues } from '../states-pieces.ts';
import { type At, cardOf, requireWithin, type StatesBefore, statesAt } from '../step-card.ts';

export function step(inspected: Inspected, choice: WindowChoice & StepChoice): InsideStep {
  const { anatomy, prepared } = inspected;
  const plan = planAt(anatomy, choice.place);
  requireWithin('step', choice.step, { count: plan.steps }, plan);
  requireWithin('unit', choice.unit, { count: plan.units }, plan);
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
