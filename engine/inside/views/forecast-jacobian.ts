// The view `jacobian`: what one window's steps leave of a state, whatever arrives from above: the product of the Jacobians.
import type { InsideJacobian, JacobianChoice } from '../../contract/inside/memory.ts';
import type { WindowChoice } from '../../contract/inside/target.ts';
import { captureWindow } from '../forecaster/capture.ts';
import { arrayOf, type Inspected } from '../forecaster/inspected.ts';
import { chooseWindow } from '../forecaster/window.ts';
import { JACOBIANS, productThroughTime, type StepValues } from '../jacobians.ts';
import { planAt } from '../site-values.ts';
import type { SiteValues } from '../states-pieces.ts';

export function jacobian(inspected: Inspected, choice: WindowChoice & JacobianChoice): InsideJacobian {
  const { anatomy, prepared } = inspected;
  const plan = planAt(anatomy, choice.place);
  const chosen = chooseWindow(prepared, choice);
  const seen = captureWindow(inspected, choice, chosen);
  const site = seen.sites[anatomy.sites.indexOf(plan)]!;
  const { values: recurrent } = arrayOf(inspected, `${plan.path}/recurrentKernel`);
  const row = anatomy.isByColumn ? chosen.target : 0;
  const { logNorms, isExact } = productThroughTime(plan.cell, plan.units, stepsBack(site, row, recurrent));
  const finite = logNorms.filter(Number.isFinite);
  const perStep = logNorms.length > finite.length ? 0 : Math.exp(slopeOf(finite));
  const { state } = JACOBIANS[plan.cell];
  const change = perStep < 1 ? 'shrinks' : 'grows';
  return {
    place: plan.place,
    state,
    logNorms: logNorms.map((log) => Math.max(LEAST, log)),
    perStep,
    isExact,
    sentence: `Through this window's steps a change of ${state} ${change} by ${perStep.toPrecision(3)} a step: ${(100 * Math.exp(Math.max(LEAST, logNorms.at(-1)!))).toPrecision(2)} % of it is left after ${logNorms.length - 1} steps.`,
  };
}

/** JSON has no infinity. */
const LEAST = -700;

/** From the step of the readout back to the second one; before the first there is no state. */
export function* stepsBack({ plan, hidden, cell, gates }: SiteValues, row: number, recurrent: Float32Array) {
  const { units, steps, place, isBounded } = plan;
  const isForward = place.direction === 'forward';
  const at = (values: Float32Array | undefined, step: number, width: number): ArrayLike<number> => {
    const first = (row * steps + step) * width;
    return values ? values.subarray(first, first + width) : [];
  };
  const width = (gates?.length ?? 0) / (hidden.length / units);
  for (let back = 0; back < steps - 1; back++) {
    const step = isForward ? steps - 1 - back : back;
    const before = isForward ? step - 1 : step + 1;
    const values: StepValues = {
      units,
      recurrent,
      hiddenBefore: at(hidden, before, units),
      cellBefore: at(cell, before, units),
      hidden: at(hidden, step, units),
      cell: at(cell, step, units),
      gates: at(gates, step, width),
      isBounded,
    };
    yield values;
  }
}

function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  let [products, squares] = [0, 0];
  for (const [at, value] of values.entries()) {
    products += (at - middle) * value;
    squares += (at - middle) ** 2;
  }
  return squares > 0 ? products / squares : 0;
}
