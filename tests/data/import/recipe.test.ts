// A recipe replayed on its file gives the same dataset: the same series, values and recipe.
import { expect, test } from 'vitest';
import type { ImportOptions } from '../../../engine/contract/datasets/dataset.ts';
import { optionsOfRecipe } from '../../../engine/words/recipe.ts';
import { importText } from './support.ts';

const day = (i: number): string => new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10);
const days = [...Array(30).keys()];

const FILES: readonly (readonly [string, string, ImportOptions])[] = [
  ['a plain table', `date,v\n${days.map((i) => `${day(i)},${i}`).join('\n')}\n`, {}],
  [
    'decimal commas, a zone and missing values',
    `Datum;v\n${days.map((i) => `${i + 1}.1.2024 10:00;${i},5`).join('\n')}\n`,
    { timeZone: 'Europe/Berlin', missing: ['3.5'] },
  ],
  [
    'two series',
    `${['s,date,v', ...['a', 'b'].flatMap((s) => days.map((i) => `${s},${day(i)},${i}`))].join('\n')}\n`,
    {},
  ],
  [
    'times in two columns',
    `date,hour,v\n${days.map((i) => `${day(Math.floor(i / 10))},${i % 10},${i}`).join('\n')}\n`,
    {},
  ],
  [
    'half-hours in the header',
    `date,${[...Array(48).keys()].map((i) => `P${i + 1}`)}\n${days
      .slice(0, 4)
      .map((i) => `${day(i)},${[...Array(48).keys()]}`)
      .join('\n')}\n`,
    {},
  ],
  [
    'remedies',
    `date,v,k\n${days.map((i) => `${day(i)},${i},7`).join('\n')}\n`,
    {
      clean: {
        drop: ['k'],
        range: [{ column: 'v', max: 20 }],
        rename: { v: 'w' },
        grid: { stepUs: 172_800_000_000, rule: 'sum' },
      },
    },
  ],
];

test.concurrent.each(FILES)('%s', async (_, text, options) => {
  const first = await importText(text, options);
  const again = await importText(text, optionsOfRecipe(first.recipe));
  expect(again.data).toEqual(first.data);
  const { source: _source, ...recipe } = again.recipe;
  expect(first.recipe).toMatchObject(recipe);
});
