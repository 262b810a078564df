// The recipe of a dataset: as the source and the options of an import, so that a file is read the same way again, and as it is shown.
import type { DatasetDetail, ImportOptions, ImportSource, Recipe } from '../contract/datasets/dataset.ts';
import type { SamplesInfo } from '../contract/datasets/samples.ts';
import { sourceName } from '../contract/values/source-name.ts';

/** What a recipe says of its file. A reshaped table is found again by its shape, and joined files by each of them. */
export function optionsOfRecipe(recipe: Recipe): ImportOptions {
  const { delimiter, layout, timeColumn, timeFormat, timeZone, seriesColumn, missing, shape, files } = recipe;
  const { encoding, skip, headerLine, decimal, reshape, part, clean } = recipe;
  const isPlain = shape === undefined && files === undefined;
  const given = { encoding, skip, headerLine, decimal, reshape, part, clean, missing };
  const known = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const table = isPlain && delimiter !== '' ? { delimiter } : {};
  const times = isPlain && timeColumn !== '' ? { timeColumn, timeFormat } : {};
  const series = !isPlain ? {} : seriesColumn === null ? { layout } : { seriesColumn };
  return { ...known, ...table, ...times, ...series, timeZone };
}

/** So that the file of a dataset is read as it was; of samples, also what each column is for. */
export const optionsOfDataset = ({
  recipe,
  samples,
}: Pick<DatasetDetail, 'recipe' | 'samples'>): ImportOptions => ({
  ...optionsOfRecipe(recipe),
  ...(samples && optionsOfSamples(samples)),
});

/** No columns of a form that says itself what is what. */
function optionsOfSamples({
  asked,
  chosenFrom,
  columns,
  input,
  label,
  value,
  group,
  part,
  pairs,
}: SamplesInfo): ImportOptions {
  if (!chosenFrom) return { ...asked };
  const isOfLabels = columns.some(({ name, kind }) => name === label && kind === 'labels');
  const given = {
    // Numbers that are packed into one input are no column of the file.
    inputColumn: input !== null && chosenFrom.includes(input) ? input : undefined,
    labelColumn: label ?? undefined,
    labels: label === null ? undefined : isOfLabels ? ('several' as const) : ('one' as const),
    valueColumn: value,
    targetColumn: pairs?.target,
    groupColumn: group ?? undefined,
    partColumn: part,
  };
  const known = Object.fromEntries(Object.entries(given).filter(([, one]) => one !== undefined));
  return { as: 'samples', ...known, ...asked };
}

/** The file, files or sample that it was read from. */
export function sourceOfRecipe({ source, files }: Recipe): ImportSource {
  if (source.sample !== null) return { kind: 'sample', name: source.sample };
  const [path = source.path, ...more] = files?.map((file) => file.path) ?? [];
  return { kind: 'file', path, ...(more.length > 0 ? { more } : {}) };
}

/** As it is shown: an upload lay in a folder that is gone, and older versions kept its path. */
export function shownRecipe(recipe: Recipe): Recipe {
  const { source, files } = recipe;
  return {
    ...recipe,
    source: { ...source, path: sourceName(source.path) },
    ...(files && { files: files.map((file) => ({ ...file, path: sourceName(file.path) })) }),
  };
}
