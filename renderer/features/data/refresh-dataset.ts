// Reads the file of a dataset again by its recipe, as a new version, and says what is new.
import type { EngineClient } from '../../../engine/connect/connection.ts';
import type { DatasetDetail, ImportSource } from '../../../engine/contract/datasets/dataset.ts';
import { optionsOfDataset, sourceOfRecipe } from '../../../engine/words/recipe.ts';
import { importedText } from './imported-text.ts';

/** @throws HindcastError of the import: `file-missing` where the file is not there any more */
export async function refreshDataset(
  engine: EngineClient,
  dataset: DatasetDetail,
  source: ImportSource = sourceOfRecipe(dataset.recipe),
): Promise<string> {
  const input = { source, name: dataset.name, options: optionsOfDataset(dataset) };
  for await (const update of await engine.datasets.import(input))
    if (update.type === 'done') return importedText(engine, update);
  return '';
}
