// A look inside against PyTorch and NumPy in float64 (tests/golden/inside/inside.py).
import { describe, expect, test } from 'vitest';
import { SpectrumChoiceSchema } from '../../engine/contract/inside/dynamics.ts';
import {
  InsideStatesFrame,
  InsideWindowFrame,
  StatesChoiceSchema,
} from '../../engine/contract/inside/states.ts';
import type { Place } from '../../engine/contract/inside/target.ts';
import { VIEWS } from '../../engine/inside/views/registry.ts';
import { expectClose } from '../ops/numbers.ts';
import { choiceOf } from './subject.ts';
import { golden, goldenSubject } from './subject-golden.ts';

const STATES = { relative: 1e-5, absolute: 1e-5 };
const GRADIENTS = { relative: 1e-4, absolute: 1e-7 };
const GATES = { rnn: [], gru: ['z', 'r', 'n'], lstm: ['i', 'f', 'g', 'o'] } as const;

const placeOf = (name: string): Place => {
  const [layer, direction] = name.split(' ') as [string, Place['direction']];
  return { part: 'encoder', layer: Number(layer), direction };
};

describe.each(golden.recurrent)(
  '$model.kind, $model.layers layers, both directions: $model.bidirectional',
  (one) => {
    const { kind, units, layers } = one.model;

    test('the window forecasts the same', async () => {
      const { columns } = InsideWindowFrame.decode(await VIEWS.window(goldenSubject(one), choiceOf()));
      expectClose(columns.answer.subarray(-golden.horizon), one.forecast, 'forecast', STATES);
    });

    test('states and gates', async () => {
      const subject = goldenSubject(one);
      for (const [name, expected] of Object.entries(one.states)) {
        const shown = async (what: string) => {
          const asked = {
            ...choiceOf(),
            ...StatesChoiceSchema.parse({ place: placeOf(name), what, whole: true }),
          };
          const { columns } = InsideStatesFrame.decode(await VIEWS.states(subject, asked));
          return Array.from({ length: golden.lookback }, (_, step) =>
            columns.mean.map((line) => line[step]!),
          );
        };
        expectClose((await shown('hidden')).flat(), expected.hidden, `h of ${name}`, STATES);
        if (kind === 'lstm') expectClose((await shown('cell')).flat(), expected.cell, `c of ${name}`, STATES);
        const gates = await Promise.all(GATES[kind].map(shown));
        const sideBySide = Array.from({ length: golden.lookback }, (_, step) =>
          gates.map((gate) => gate[step]!),
        );
        if (gates.length > 0) expectClose(sideBySide.flat(2), expected.gates, `gates of ${name}`, STATES);
      }
    });

    test('norms of dL/dh of the examples by lag, whatever the number of windows in the mean loss', async () => {
      const asked = { ...choiceOf({ part: 'validation' }), windows: 32, clipped: null };
      const { places, windows } = await VIEWS.gradients(goldenSubject(one), asked);
      expect(windows).toBe(golden.validation - golden.horizon + 1);
      for (const { place, hidden, cell } of places) {
        const name = `${place.layer} ${place.direction}`;
        const expected = one.gradients[name]!;
        expectClose(hidden, expected.hidden, `dL/dh of ${name}`, GRADIENTS);
        if (cell) expectClose(cell, expected.cell!, `dL/dc of ${name}`, GRADIENTS);
        else expect(expected.cell).toBeUndefined();
      }
      expect(places.map(({ throughTime }) => throughTime)).toEqual(
        places.map(({ place }) => place.layer === layers - 1),
      );
    });

    test('singular values and eigenvalues of every block', async () => {
      const place: Place = { part: 'encoder', layer: layers - 1, direction: 'forward' };
      const blocks = kind === 'rnn' ? ['h'] : GATES[kind];
      for (const [index, what] of blocks.entries()) {
        const asked = SpectrumChoiceSchema.parse({ place, what });
        const found = await VIEWS.spectrum(goldenSubject(one), asked);
        const { singular, eigenvalues } = one.spectra[index]!;
        expect(found).toMatchObject({ what, blocks, units, method: 'exact' });
        expectClose(found.singularValues, singular, `singular values of ${what}`);
        expectClose(
          found.eigenvalues.flatMap(({ re, im }) => [re, im]),
          eigenvalues.flat(),
          `eigenvalues of ${what}`,
        );
        expect(found.radius).toBeCloseTo(Math.hypot(...eigenvalues[0]!), 6);
      }
    });
  },
);
