// The numbers of one step add up to what the model computed, in every kind of layer.
import { describe, expect, test } from 'vitest';
import { StepChoiceSchema } from '../../engine/contract/inside/dynamics.ts';
import type { Place } from '../../engine/contract/inside/target.ts';
import { VIEWS } from '../../engine/inside/views/registry.ts';
import { choiceOf, subjectOf } from './subject.ts';

const BOTH = { targets: ['level', 'wind'], features: ['level', 'wind'] };
const CELLS = ['rnn', 'gru', 'lstm'] as const;
const CASES: readonly { readonly name: string; readonly model: object; readonly task?: object }[] = [
  ...CELLS.flatMap((kind) => [
    { name: `${kind}, layers`, model: { kind, units: 8, layers: 3 } },
    { name: `${kind}, both directions`, model: { kind, units: 8, layers: 2, bidirectional: true } },
    { name: `${kind}, truncated`, model: { kind, units: 8, truncateSteps: 4 } },
    { name: `${kind}, segments`, model: { kind, units: 8, segment: { length: 4, stride: 3 } } },
    { name: `${kind}, by column`, model: { kind, units: 8, channelIndependent: true }, task: BOTH },
    {
      name: `${kind}, encoder and decoder`,
      model: { kind: 'encoder-decoder', cell: kind, units: 8, layers: 2 },
    },
  ]),
  { name: 'relu', model: { kind: 'rnn', units: 8, activation: 'relu' } },
  { name: 'rnn without biases', model: { kind: 'rnn', units: 8, bias: false } },
];

describe.each(CASES)('$name', ({ model, task }) => {
  test('every part, first, middle and last step', async () => {
    const subject = subjectOf({ model, ...(task && { task }) });
    const { places, targets } = await VIEWS.describe(subject, null);
    for (const { place, steps, units } of places) {
      for (const step of new Set([0, steps >> 1, steps - 1])) {
        const card = await cardOf(subject, { place, step, unit: units - 1, target: targets.at(-1)! });
        expect(card.gap).toBeLessThan(1e-5);
        for (const { input, recurrent, bias, sum } of card.blocks) {
          const terms = [...input.terms, ...recurrent.terms];
          for (const { value, weight, product } of terms) expect(product).toBe(value * weight);
          const total = terms.reduce((all, { product }) => all + product, input.rest + recurrent.rest + bias);
          expect(total).toBeCloseTo(sum, 12);
          expect(recurrent.terms.length + recurrent.restCount).toBe(units);
          const sizes = recurrent.terms.map(({ product }) => Math.abs(product));
          expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
        }
        expect(card.results.at(-1)!.name).toBe("h'");
        expect(card.before.cell === null).toBe(!card.results.some(({ name }) => name === "c'"));
      }
    }
  });
});

async function cardOf(
  subject: ReturnType<typeof subjectOf>,
  { target, ...choice }: { place: Place; step: number; unit: number; target?: string },
) {
  return VIEWS.step(subject, { ...choiceOf({ target }), ...StepChoiceSchema.parse(choice) });
}

test('terms have names: columns, units of the layer below, values of a segment', async () => {
  const at = (layer: number) => ({
    place: { part: 'encoder', layer, direction: 'forward' } as const,
    step: 5,
    unit: 0,
  });
  const namesOf = async (model: object, layer: number) => {
    const card = await cardOf(subjectOf({ model: { kind: 'lstm', units: 8, ...model } }), {
      ...at(layer),
      step: 2,
    });
    return card.blocks[0]!.input.terms.map(({ name }) => name).sort();
  };
  expect(await namesOf({}, 0)).toEqual(['level', 'wind']);
  expect((await namesOf({ layers: 2 }, 1))[0]).toMatch(/^unit \d of layer 0$/);
  expect((await namesOf({ layers: 2, bidirectional: true }, 1))[0]).toMatch(
    /^unit \d of layer 0 (forward|backward)$/,
  );
  expect((await namesOf({ segment: { length: 4, stride: 4 } }, 0))[0]).toMatch(/^segment value \d$/);
});

test('a step or a unit that there is not is refused', async () => {
  const subject = subjectOf({ model: { kind: 'lstm', units: 3 } });
  const place = { part: 'encoder', layer: 0, direction: 'forward' } as const;
  await expect(cardOf(subject, { place, step: 12, unit: 0 })).rejects.toThrow(
    'There is no step 12 in layer 0 of the encoder: it has 12, counted from 0, so choose 0 to 11.',
  );
  await expect(cardOf(subject, { place, step: 0, unit: 3 })).rejects.toThrow('There is no unit 3');
});
