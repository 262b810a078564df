// Whether recordings can be added to a dataset: it holds recordings, each with one class.
import type { DatasetDetail } from '../../../../engine/contract/datasets/dataset.ts';
import type { Base } from './recorded.ts';

export function baseOf({ id, name, version, rows, samples }: DatasetDetail): Base | null {
  const { label = null, input, columns = [], group = null } = samples ?? {};
  const kindOf = (wanted: string | null | undefined) =>
    columns.find((column) => column.name === wanted)?.kind;
  if (label === null || kindOf(input) !== 'audio' || kindOf(label) !== 'category') return null;
  return { id, name, version, rows, label, group };
}
