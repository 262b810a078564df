// Derived columns: from rows at or before their own, series by series, and the same from a recipe.
import { expect, test } from 'vitest';
import { derivedValues } from '../../../engine/data/import/rows/derived-values.ts';
import { deriveOption } from '../../../engine/hosts/cli/clean-arguments.ts';
import { optionsOfRecipe } from '../../../engine/words/recipe.ts';
import { importText } from './support.ts';

const { NaN: none } = Number;
const HOUR = 3_600_000_000n;
const from = (values: readonly number[], start = 0n) => ({
  times: BigInt64Array.from(values, (_, i) => start + BigInt(i) * HOUR),
  values: Float64Array.from(values),
  timeZone: 'UTC',
});
const derived = (form: Parameters<typeof derivedValues>[0]['form'], values: readonly number[], rows = 1) => [
  ...derivedValues({ name: 'd', form, column: 'v', rows }, from(values)),
];

test('each form', () => {
  expect(derived('lag', [1, 2, 3], 2)).toEqual([none, none, 1]);
  expect(derived('difference', [1, 4, none, 5])).toEqual([none, 3, none, none]);
  expect(derived('log-return', [1, 1, 2, -1, 3])).toEqual([none, 0, Math.LN2, none, none]);
  expect(derived('mean', [1, 3, none, 8], 2)).toEqual([none, 2, 3, 8]);
  expect(derived('std', [1, 3, 3], 2)).toEqual([none, 1, 0]);
  expect(derived('min', [3, 1, 2], 2)).toEqual([none, 1, 1]);
  expect(derived('max', [3, 1, 2], 2)).toEqual([none, 3, 2]);
});

test('the calendar is that of the zone', () => {
  const start = BigInt(Date.UTC(2024, 11, 31, 22)) * 1000n;
  const parts = (form: 'hour' | 'weekday' | 'month' | 'day-of-year', timeZone: string) => [
    ...derivedValues({ name: 'd', form }, { ...from([0, 0, 0], start), timeZone }),
  ];
  expect(parts('hour', 'UTC')).toEqual([22, 23, 0]);
  expect(parts('hour', 'Europe/Berlin')).toEqual([23, 0, 1]);
  expect(parts('month', 'UTC')).toEqual([12, 12, 1]);
  expect(parts('day-of-year', 'Europe/Berlin')).toEqual([366, 1, 1]);
  // 31 December 2024 is a Tuesday.
  expect(parts('weekday', 'UTC')).toEqual([1, 1, 2]);
});

test('no later row changes an earlier derived value', () => {
  const before = [1, 2, 4, 3, 6];
  for (const form of ['lag', 'difference', 'log-return', 'mean', 'std', 'min', 'max'] as const)
    expect(derived(form, [...before, 1e9], 2).slice(0, 5)).toEqual(derived(form, before, 2));
});

test('an import derives beside its series, one from another, and so does its recipe', async () => {
  const days = [...Array(6).keys()];
  const lines = ['a', 'b'].flatMap((s, k) => days.map((i) => `${s},2024-01-0${i + 1},${(i + 1) * (k + 1)}`));
  const text = ['s,date,v', ...lines].join('\n');
  const options = {
    clean: {
      derive: [
        { name: 'step', form: 'difference' as const, column: 'v' },
        { name: 'step before', form: 'lag' as const, column: 'step', rows: 2 },
        { name: 'day', form: 'weekday' as const },
      ],
    },
  };
  const { data, recipe } = await importText(text, options);
  const [a, b] = data.map(({ columns }) => columns);
  expect(Object.keys(b!)).toEqual(['v', 'step', 'step before', 'day']);
  expect(a!.step).toEqual([null, 1, 1, 1, 1, 1]);
  expect(b!.step).toEqual([null, 2, 2, 2, 2, 2]);
  expect(b!['step before']).toEqual([null, null, null, 2, 2, 2]);
  expect(a!.day).toEqual([0, 1, 2, 3, 4, 5]);
  expect((await importText(text, optionsOfRecipe(recipe))).data).toEqual(data);
});

test('what cannot be derived is refused with its name', async () => {
  const text = 'date,v,w\n2024-01-01,1,x\n2024-01-02,2,y\n2024-01-03,3,x\n';
  const importing = (derive: object) => importText(text, { clean: { derive: [derive as never] } });
  await expect(importing({ name: 'v', form: 'hour' })).rejects.toThrow('There is a column "v" already');
  await expect(importing({ name: 'd', form: 'lag', column: 'w' })).rejects.toThrow(
    'no column of numbers "w"',
  );
  await expect(importing({ name: 'd', form: 'lag' })).rejects.toThrow('needs a column of numbers');
});

test('the option of the terminal', () => {
  expect(deriveOption('r=log-return(close,1)')).toEqual({
    derive: [{ name: 'r', form: 'log-return', column: 'close', rows: 1 }],
  });
  expect(deriveOption('h=hour')).toEqual({ derive: [{ name: 'h', form: 'hour' }] });
  expect(deriveOption('d=difference(wind speed)').derive).toEqual([
    { name: 'd', form: 'difference', column: 'wind speed' },
  ]);
  expect(() => deriveOption('d=sum(v)')).toThrow('--derive takes NAME=FORM');
  expect(() => deriveOption('d=lag(v,0)')).toThrow('--derive takes NAME=FORM');
});
