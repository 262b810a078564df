// Names the series of a dataset in one sentence, for window and command line.
import type { DatasetDetail } from '../contract/datasets/dataset.ts';

const MOST_NAMED = 6;

/**
 * `Series by city: Bonn, Oslo and 3 more`; null where no column of the file names series.
 * `shown`: a name as the caller can show it (cut, without control characters).
 */
export function seriesNames(
  { recipe, seriesInfo }: Pick<DatasetDetail, 'recipe' | 'seriesInfo'>,
  shown: (name: string) => string = (name) => name,
): string | null {
  if (recipe.seriesColumn === null) return null;
  const names = seriesInfo.slice(0, MOST_NAMED).map(({ name }) => shown(name));
  const more = seriesInfo.length - names.length;
  const rest = more > 0 ? ` and ${more.toLocaleString('en-US')} more` : '';
  return `Series by ${shown(recipe.seriesColumn)}: ${names.join(', ')}${rest}`;
}
