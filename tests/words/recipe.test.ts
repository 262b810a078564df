// A recipe as it is shown.
import { expect, test } from 'vitest';
import type { Recipe } from '../../engine/contract/datasets/dataset.ts';
import { shownRecipe } from '../../engine/words/recipe.ts';

test('the folder of an upload is in no recipe that is shown; every other path stays', () => {
  const file = (path: string) => ({ path, bytes: 1, sha256: 'a' });
  const recipe = {
    source: file('/tmp/hindcast-uploads-12-R2AzpH/951c/a.csv'),
    files: [file('/tmp/hindcast-uploads-12-R2AzpH/951c/a.csv'), file('/home/me/b.csv')],
    delimiter: ',',
  } as unknown as Recipe;
  const shown = shownRecipe(recipe);
  expect(shown.source.path).toBe('a.csv');
  expect(shown.files?.map(({ path }) => path)).toEqual(['a.csv', '/home/me/b.csv']);
  expect(shown.delimiter).toBe(',');
});
