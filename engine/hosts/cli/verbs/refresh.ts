// `hindcast refresh DATASET [FILE]`: reads the file of a dataset again by its recipe, and says what is new and what changed in the past.
import { existsSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import type { DatasetDetail, ImportSource } from '../../../contract/datasets/dataset.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import type { DatasetReference } from '../../../contract/values/ids.ts';
import { differenceText } from '../../../words/difference.ts';
import { optionsOfDataset, sourceOfRecipe } from '../../../words/recipe.ts';
import type { Outcome, VerbContext } from '../context.ts';
import { extent } from './dataset-text.ts';
import { importWatching } from './import-watching.ts';

export interface RefreshArguments {
  readonly dataset: DatasetReference;
  readonly file?: string;
}

/** Of an upload and of added sample data only the name is known. */
const NOT_KEPT =
  'was handed over and is not kept; sample data of a package never changes, and "hindcast samples add" reads it again';

/** @throws HindcastError `file-missing` where the file is not there any more */
function fileOf({ name, recipe }: DatasetDetail, file: string | undefined): ImportSource {
  if (file !== undefined) return { kind: 'file', path: resolve(file) };
  const source = sourceOfRecipe(recipe);
  const paths = source.kind === 'file' ? [source.path, ...(source.more ?? [])] : [];
  const missing = paths.find((path) => !existsSync(path));
  if (missing === undefined) return source;
  const why = isAbsolute(missing) ? 'is not there any more' : NOT_KEPT;
  const message = `The file of ${name}, ${missing}, ${why}; name the file to read (hindcast refresh ${name} FILE).`;
  throw new HindcastError('file-missing', message);
}

export async function refresh(
  context: VerbContext,
  { dataset: reference, file }: RefreshArguments,
): Promise<Outcome> {
  const { client } = await context.connect('existing');
  const before = await client.datasets.get({ dataset: reference });
  const request = {
    source: fileOf(before, file),
    name: before.name,
    options: optionsOfDataset(before),
  };
  const { dataset, created } = await importWatching(client, context.terminal, request);
  if (!created) {
    return {
      json: { created, dataset, difference: null },
      text: `Nothing new: ${before.name} has the same content as before.`,
    };
  }
  const label = `Read "${dataset.name}" again as version ${dataset.version}: ${extent(dataset)}.`;
  const difference = await client.datasets.difference({
    dataset: dataset.id,
    before: before.version,
    after: dataset.version,
  });
  return { json: { created, dataset, difference }, text: `${label}\n${differenceText(difference)}.` };
}
