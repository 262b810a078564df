// What is said of an import that is done.
import type { EngineClient } from '../../../engine/connect/connection.ts';
import type { ImportUpdate } from '../../../engine/contract/datasets/dataset.ts';
import { differenceText } from '../../../engine/words/difference.ts';
import { plural } from '../../ui/format.ts';

type Done = Extract<ImportUpdate, { type: 'done' }>;

/** What was imported; of a new version what it has that the one before had not. */
export async function importedText(engine: EngineClient, { dataset, created }: Done): Promise<string> {
  const { id, name, rows, version, samples } = dataset;
  if (!created) return `${name} holds the same data already.`;
  if (version === 1) return `${name}: ${plural(rows, samples ? 'sample' : 'row')} imported.`;
  const difference = await engine.datasets.difference({ dataset: id, before: version - 1, after: version });
  return `${name} is version ${version} now: ${differenceText(difference)}.`;
}
