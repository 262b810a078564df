// What a dataset that was read again has that the version before had not.
import type { DatasetDifference, SampleDifference, SeriesDifference } from '../contract/datasets/views.ts';
import { isoTime } from './iso-time.ts';

const counted = (count: number, thing: string): string =>
  `${count.toLocaleString('en-US')} ${thing}${count === 1 ? '' : 's'}`;
const be = (count: number): string => (count === 1 ? 'is' : 'are');

function timeText(timeUs: number | null): string {
  if (timeUs === null) return '–';
  const text = isoTime(BigInt(Math.round(timeUs)));
  if (text.endsWith('T00:00:00Z')) return text.slice(0, -10);
  return `${text.replace('T', ' ').replace(/(:00)?Z$/, '')} UTC`;
}

export const differenceText = (difference: DatasetDifference): string =>
  'relabelled' in difference ? ofSamples(difference) : ofSeries(difference);

/** `3 samples are new, 1 sample went, 2 samples have another label` */
function ofSamples({ added, removed, relabelled }: SampleDifference): string {
  const has = relabelled === 1 ? 'has' : 'have';
  return [
    `${counted(added, 'sample')} ${be(added)} new`,
    ...(removed > 0 ? [`${counted(removed, 'sample')} went`] : []),
    relabelled === 0
      ? 'of the others the same is said'
      : `${counted(relabelled, 'sample')} ${has} another label`,
  ].join(', ');
}

/** `3 rows are new, 2 values of the past changed (2024-01-01 to 2024-01-02)` */
function ofSeries({
  added,
  appended,
  removed,
  changed,
  firstChangedUs,
  lastChangedUs,
}: SeriesDifference): string {
  const between = added - appended;
  const last = lastChangedUs === firstChangedUs ? '' : ` to ${timeText(lastChangedUs)}`;
  const when = ` (${timeText(firstChangedUs)}${last})`;
  return [
    `${counted(appended, 'row')} behind the last time ${be(appended)} new`,
    ...(between > 0 ? [`${counted(between, 'row')} between the times of before ${be(between)} new`] : []),
    ...(removed > 0 ? [`${counted(removed, 'row')} went`] : []),
    changed === 0
      ? 'no value of the past changed'
      : `${counted(changed, 'value')} of the past changed${when}`,
  ].join(', ');
}
