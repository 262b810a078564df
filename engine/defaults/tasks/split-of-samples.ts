// The split of samples where an experiment names none.

import type { SamplesInfo } from '../../contract/datasets/samples.ts';
import type { RecordedFields } from '../../contract/values/fields.ts';

/** Parts that the data name go before groups, groups before chance. */
export function splitOfSamples(
  info: SamplesInfo | undefined,
  shares: { readonly train: number; readonly validation: number },
): RecordedFields {
  const isGiven = info?.parts.some(({ part }) => part !== 'train') ?? false;
  const isGrouped = info !== undefined && info.group !== null && info.groups >= 3;
  return { kind: 'samples', by: isGiven ? 'given' : isGrouped ? 'group' : 'stratified', ...shares };
}
