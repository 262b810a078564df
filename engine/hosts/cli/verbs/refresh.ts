// `hindcast refresh DATASET [FILE]`: reads the file of a dataset again by its recipe, and says what is new and what changed in the past.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { DatasetDetail, ImportSource } from '../../../contract/dataset.ts';
import { HindcastError } from '../../../contract/errors.ts';
import type { DatasetReference } from '../../../contract/ids.ts';
import type { DatasetDifference } from '../../../contract/views.ts';
import { optionsOfRecipe } from '../../../words/recipe.ts';
import type { Outcome, VerbContext } from '../context.ts';
import { counted, formatDataTime } from '../text/format.ts';
import { extent } from './dataset-text.ts';
import { importWatching } from './import-watching.ts';

export interface RefreshArguments {
  readonly dataset: DatasetReference;
  readonly file?: string;
}

function sourceOf({ name, recipe }: DatasetDetail, file: string | undefined): ImportSource {
  if (file !== undefined) return { kind: 'file', path: resolve(file) };
  if (recipe.source.sample !== null) return { kind: 'sample', name: recipe.source.sample };
  const [first = recipe.source.path, ...more] = recipe.files?.map(({ path }) => path) ?? [];
  const missing = [first, ...more].find((path) => !existsSync(path));
  if (missing === undefined) return { kind: 'file', path: first, ...(more.length > 0 ? { more } : {}) };
  const message = `The file of ${name}, ${missing}, is not there any more; name the file to read (hindcast refresh ${name} FILE).`;
  throw new HindcastError('file-missing', message);
}

/** `3 rows are new, 2 values of the past changed (2024-01-01 to 2024-01-02)` */
export function differenceText({
  added,
  appended,
  removed,
  changed,
  firstChangedUs,
  lastChangedUs,
}: DatasetDifference): string {
  const parts = [`${counted(appended, 'row')} behind the last time ${appended === 1 ? 'is' : 'are'} new`];
  if (added > appended)
    parts.push(
      `${counted(added - appended, 'row')} between the times of before ${added - appended === 1 ? 'is' : 'are'} new`,
    );
  if (removed > 0) parts.push(`${counted(removed, 'row')} went`);
  const when = changed > 0 ? ` (${formatDataTime(firstChangedUs)} to ${formatDataTime(lastChangedUs)})` : '';
  parts.push(
    changed === 0
      ? 'no value of the past changed'
      : `${counted(changed, 'value')} of the past changed${when}`,
  );
  return parts.join(', ');
}

export async function refresh(
  context: VerbContext,
  { dataset: reference, file }: RefreshArguments,
): Promise<Outcome> {
  const { client } = await context.connect('existing');
  const before = await client.datasets.get({ dataset: reference });
  const request = {
    source: sourceOf(before, file),
    name: before.name,
    options: optionsOfRecipe(before.recipe),
  };
  const { dataset, created } = await importWatching(client, context.terminal, request);
  if (!created) {
    return {
      json: { created, dataset, difference: null },
      text: `Nothing new: ${before.name} has the same content as before.`,
    };
  }
  const difference = await client.datasets.difference({
    dataset: dataset.id,
    before: before.version,
    after: dataset.version,
  });
  const text = `Read "${dataset.name}" again as version ${dataset.version}: ${extent(dataset)}.\n${differenceText(difference)}.`;
  return { json: { created, dataset, difference }, text };
}
