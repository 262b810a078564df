// Jacobians through time against torch.autograd, attributions against Captum, in float64 (tests/golden/inside/explained.py).
import { describe, expect, test } from 'vitest';
import { AttributeChoiceSchema, InsideAttributionFrame } from '../../engine/contract/inside/attribution.ts';
import type { Place } from '../../engine/contract/inside/target.ts';
import { captureWindow } from '../../engine/inside/forecaster/capture.ts';
import { arrayOf } from '../../engine/inside/forecaster/inspected.ts';
import { inspect } from '../../engine/inside/forecaster/load.ts';
import { JACOBIANS } from '../../engine/inside/jacobians.ts';
import { samePlace } from '../../engine/inside/places.ts';
import { stepsBack } from '../../engine/inside/views/forecast-jacobian.ts';
import { VIEWS } from '../../engine/inside/views/registry.ts';
import { expectClose } from '../ops/numbers.ts';
import { choiceOf } from './subject.ts';
import { explained, type GoldenProducts, golden, goldenSubject } from './subject-golden.ts';

/** Float32 states, and products of eight matrices of them. */
const PRODUCTS = { relative: 1e-4, absolute: 1e-6 };

const modelOf = ({ seed }: GoldenProducts) => golden.recurrent.find((one) => one.seed === seed)!;

const placeOf = (name: string): Place => {
  const [layer, direction] = name.split(' ') as [string, Place['direction']];
  return { part: 'encoder', layer: Number(layer), direction };
};

describe.each(explained.throughTime)('$kind, seed $seed', (one) => {
  test('Jacobians of one step and of all of them, layer by layer and direction by direction', async () => {
    const inspected = await inspect(goldenSubject(modelOf(one)));
    const { sites } = captureWindow(inspected, { part: 'test' }, { index: 0, series: 0 });
    const { back, parts } = JACOBIANS[one.kind];
    for (const [name, expected] of Object.entries(one.products)) {
      const site = sites.find(({ plan }) => samePlace(plan.place, placeOf(name)))!;
      const { values } = arrayOf(inspected, `${site.plan.path}/recurrentKernel`);
      const steps = [...stepsBack(site, 0, values)];
      const size = parts * site.plan.units;
      const product = (count: number) =>
        Array.from({ length: size }, (_, row) => {
          const first = Float64Array.from({ length: size }, (__, at) => (at === row ? 1 : 0));
          return [...steps.slice(0, count).reduce<Float64Array>((line, step) => back(line, step), first)];
        }).flat();
      expectClose(product(1), expected.oneStep, `one step of ${name}`, PRODUCTS);
      expectClose(product(steps.length), expected.allSteps, `all steps of ${name}`, PRODUCTS);
    }
  });

  test('their sizes by lag', async () => {
    for (const [name, expected] of Object.entries(one.products)) {
      const asked = { ...choiceOf(), place: placeOf(name) };
      const { logNorms, isExact } = await VIEWS.jacobian(goldenSubject(modelOf(one)), asked);
      expect(isExact).toBe(true);
      expectClose(logNorms, expected.logNorms, `sizes of ${name}`, { relative: 1e-4, absolute: 1e-4 });
    }
  });
});

describe.each(explained.attributions)('$model.kind, a window of $lookback', (one) => {
  const attributed = async (method: 'integrated-gradients' | 'occlusion') => {
    const asked = { ...choiceOf(), ...AttributeChoiceSchema.parse({ method, step: null }) };
    return InsideAttributionFrame.decode(await VIEWS.attribute(goldenSubject(one), asked)).columns
      .attribution;
  };
  const CLOSE = { relative: 1e-4, absolute: 1e-5 };

  test.each([
    ['integrated-gradients', one.integratedGradients],
    ['occlusion', one.occlusion],
  ] as const)('%s of every step of the horizon', async (method, expected) => {
    for (const [step, lines] of (await attributed(method)).entries()) {
      const byRow = Array.from({ length: one.lookback }, (_, row) => lines.map((line) => line[row]!));
      expectClose(byRow.flat(), expected[step]!, `${method}, step ${step + 1}`, CLOSE);
    }
  });
});
