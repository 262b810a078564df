// The period of a dataset: its first and last time.
import type { DatasetSummary } from '../../../engine/contract/datasets/dataset.ts';
import { formatDataTime } from '../../ui/format.ts';

export function periodOf({ startUs, endUs }: Pick<DatasetSummary, 'startUs' | 'endUs'>): string {
  if (startUs === null || endUs === null) return '–';
  return `${formatDataTime(startUs)} – ${formatDataTime(endUs)}`;
}
