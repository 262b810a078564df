// Products of Jacobians in closed form against central differences of the cells' own equations in float64; measured memory; verdicts.
import { expect, test } from 'vitest';
import { MOST_WINDOWS } from '../../engine/contract/inside/dynamics.ts';
import { CELLS } from '../../engine/inside/cells/registry.ts';
import { inspect } from '../../engine/inside/forecaster/load.ts';
import { JACOBIANS, productThroughTime, type StepValues } from '../../engine/inside/jacobians.ts';
import { halfOf } from '../../engine/inside/views/forecast-memory.ts';
import { VIEWS } from '../../engine/inside/views/registry.ts';
import type { Cell } from '../../engine/models/bodies/gate-biases.ts';
import { Numbers } from '../ops/numbers.ts';
import { choiceOf, subjectOf } from './subject.ts';

const UNITS = 5;

/** One step from the equations of the step card: the state after it, and the values in between. */
function stepOf(
  cell: Cell,
  recurrent: Float64Array,
  read: Float64Array,
  before: Float64Array,
): [Float64Array, StepValues] {
  const { blocks, update } = CELLS[cell];
  const { parts } = JACOBIANS[cell];
  const hiddenBefore = before.slice(0, UNITS);
  const cellBefore = before.slice(UNITS);
  const gates = new Float64Array(blocks.length * UNITS);
  const named = (name: string, unit: number) =>
    gates[blocks.findIndex((one) => one.name === name) * UNITS + unit]!;
  for (const [block, { activation, behind }] of blocks.entries()) {
    for (let unit = 0; unit < UNITS; unit++) {
      let sum = read[block * UNITS + unit]!;
      for (let from = 0; from < UNITS; from++) {
        const state = hiddenBefore[from]! * (behind === undefined ? 1 : named(behind, from));
        sum += state * recurrent[from * blocks.length * UNITS + block * UNITS + unit]!;
      }
      gates[block * UNITS + unit] = activation(true).of(sum);
    }
  }
  const after = new Float64Array(parts * UNITS);
  for (let unit = 0; unit < UNITS; unit++) {
    const values = Object.fromEntries(blocks.map(({ name }) => [name, named(name, unit)]));
    const state = { hidden: hiddenBefore[unit]!, cell: cellBefore[unit] ?? 0 };
    for (const { value, stored } of update(values, state)) {
      after[(stored === 'cell' ? UNITS : 0) + unit] = value;
    }
  }
  const values = {
    units: UNITS,
    recurrent,
    hiddenBefore,
    cellBefore,
    hidden: after.slice(0, UNITS),
    cell: after.slice(UNITS),
    gates,
    isBounded: true,
  };
  return [after, values];
}

test.each(['rnn', 'gru', 'lstm'] as const)(
  '%s: three steps back as central differences have them',
  (cell) => {
    const numbers = new Numbers(5);
    const blocks = CELLS[cell].blocks.length;
    const recurrent = Float64Array.from(numbers.array(UNITS * blocks * UNITS));
    const reads = [1, 2, 3].map(() => Float64Array.from(numbers.array(blocks * UNITS)));
    const size = JACOBIANS[cell].parts * UNITS;
    const start = Float64Array.from(numbers.array(size), (value) => value / 2);
    const forward = (from: Float64Array) =>
      reads.reduce<Float64Array>((state, read) => stepOf(cell, recurrent, read, state)[0], from);
    const steps: StepValues[] = [];
    let state: Float64Array = start;
    for (const read of reads) {
      const [after, values] = stepOf(cell, recurrent, read, state);
      steps.unshift(values);
      state = after;
    }
    const by = 1e-6;
    const columns = Array.from({ length: size }, (_, at) => {
      const moved = (sign: number) =>
        forward(start.map((value, index) => value + (index === at ? sign * by : 0)));
      const [up, down] = [moved(1), moved(-1)];
      return up.map((value, index) => (value - down[index]!) / (2 * by));
    });
    const { back } = JACOBIANS[cell];
    let squares = 0;
    for (let row = 0; row < size; row++) {
      const first = Float64Array.from({ length: size }, (_, at) => (at === row ? 1 : 0));
      const product = steps.reduce<Float64Array>((values, step) => back(values, step), first);
      for (let at = 0; at < size; at++) {
        expect(product[at]).toBeCloseTo(columns[at]![row]!, 8);
        squares += product[at]! ** 2;
      }
    }
    const { logNorms, isExact } = productThroughTime(cell, UNITS, steps);
    expect([logNorms.length, isExact]).toEqual([4, true]);
    expect(logNorms[3]).toBeCloseTo(Math.log(Math.sqrt(squares / size)), 8);
  },
);

test.each([
  { kind: 'gru', units: 4, bidirectional: true },
  { kind: 'lstm', units: 4, layers: 2, truncateSteps: 4 },
  { kind: 'rnn', units: 4, segment: { length: 3, stride: 3 } },
])('the product of a window of $kind goes over all of its steps', async (model) => {
  const place = {
    part: 'encoder',
    layer: 0,
    direction: 'bidirectional' in model ? 'backward' : 'forward',
  } as const;
  const { logNorms, sentence } = await VIEWS.jacobian(subjectOf({ model }), { ...choiceOf(), place });
  expect(logNorms).toHaveLength('segment' in model ? 4 : 12);
  expect(logNorms[0]).toBe(0);
  expect(sentence).toContain('of it is left after');
});

test('a unit that carries the input on is said to follow it; few windows say nothing', async () => {
  const model = { kind: 'rnn', units: 2 };
  const { arrays } = await inspect(subjectOf({ model }));
  const weights = [...arrays.values()].map((array) => ({ ...array, values: array.values.slice().fill(0) }));
  // [inputs, units]: unit 0 reads `level`, unit 1 reads nothing.
  weights.find(({ name }) => name === 'rnn/0/kernel')!.values[0] = 0.1;
  const { captions, windows } = await VIEWS.captions(subjectOf({ model, weights }), {
    ...choiceOf(),
    place: PLACE,
  });
  expect(windows).toBeGreaterThanOrEqual(200);
  expect(captions).toEqual([{ unit: 0, follows: 'level', correlation: expect.closeTo(1, 2) }]);
  const few = await VIEWS.captions(subjectOf({ model, weights, rows: 200 }), { ...choiceOf(), place: PLACE });
  expect(few.captions).toEqual([]);
});

const PLACE = { part: 'encoder', layer: 0, direction: 'forward' } as const;

test('measured memory is the lag within which half of the dependence lies', async () => {
  expect(halfOf([4, 2, 1, 1])).toBe(0);
  expect(halfOf([1, 1, 4, 2])).toBe(2);
  expect(halfOf([0, 0])).toBeNull();
  const found = await VIEWS.memory(subjectOf({ model: { kind: 'lstm', units: 4 } }), {
    ...choiceOf(),
    windows: 4,
  });
  expect(found.byLag).toHaveLength(12);
  expect(found.half).toBe(halfOf(found.byLag));
  expect(found.autocorrelation[0]).toBeCloseTo(1, 6);
  // What truncation hides from training, the forecast does depend on.
  const truncated = subjectOf({ model: { kind: 'rnn', units: 4, truncateSteps: 3 } });
  const { byLag } = await VIEWS.memory(truncated, { ...choiceOf(), windows: 4 });
  expect(byLag.every((value) => value > 0)).toBe(true);
});

test.each([
  [{ kind: 'lstm', units: 4 }, ['gradients', 'jacobian', 'memory']],
  [{ kind: 'attention', units: 8 }, ['attention', 'memory']],
])('the diagnosis of %o has a sentence of each view that it has', async (model, views) => {
  const { findings } = await VIEWS.diagnose(subjectOf({ model }), { ...choiceOf(), clipped: null });
  expect(findings.map(({ view }) => view).sort()).toEqual(views);
  for (const { sentence } of findings) expect(sentence).toMatch(/\.$/);
});

test('the diagnosis says of the gradient what its view says: both look at the same windows', async () => {
  const subject = subjectOf({ model: { kind: 'lstm', units: 3 } });
  const { findings } = await VIEWS.diagnose(subject, { ...choiceOf(), clipped: null });
  const choice = { ...choiceOf(), windows: MOST_WINDOWS, clipped: null };
  const { verdict } = await VIEWS.gradients(subject, choice);
  expect(findings.find(({ view }) => view === 'gradients')?.sentence).toBe(verdict!.sentence);
});
