// Findings on how the file was read: where it can be read in another way, that is one click away.
import type { ImportReport, Recipe } from '../../contract/datasets/dataset.ts';
import type { Finding } from '../../contract/datasets/findings.ts';
import { MAY_NAME_SERIES, OTHER_FORMAT, ZONE_UNUSED } from '../../contract/runs/note-words.ts';
import { ZONES } from './time/tidy.ts';

type Reads = NonNullable<NonNullable<Finding['remedy']>['reads']>;

interface OtherReading {
  /** The beginning of the note. */
  readonly words: string;
  readonly column: string;
  readonly remedy: string;
  readonly reads: Reads;
}

function otherFormat(note: string, column: string): OtherReading | null {
  const [words = '', rest] = note.split(OTHER_FORMAT);
  const timeFormat = rest?.replace(/\.$/, '');
  return timeFormat
    ? { words, column, remedy: `read the times as ${timeFormat}`, reads: { timeFormat } }
    : null;
}

/** The zone of whole hours that a word, `UTC+2` or `-7` says; null where it says none, or the rules of a place. */
function zoneOf(text: string): string | null {
  if (/^[A-Z][a-z]+\/[A-Z]/.test(text)) return text;
  const offset = ZONES[text.toUpperCase()] ?? text.replace(/^(UTC|GMT) ?/i, '');
  const [, sign, hours, minutes = '0'] = /^([+-]?)0?(\d{1,2})(?:[:.]?(\d+))?$/.exec(offset) ?? [];
  if (hours === undefined || Number(minutes) !== 0 || Number(hours) > 12) return null;
  // The names of IANA count westward.
  return Number(hours) === 0 ? 'UTC' : `Etc/GMT${sign === '-' ? '+' : '-'}${Number(hours)}`;
}

function unusedZone(note: string, column: string): OtherReading | null {
  const at = note.indexOf(`, ${ZONE_UNUSED}`);
  const timeZone = zoneOf(/the zone "([^"]+)", /.exec(note)?.[1] ?? '');
  if (at < 0 || timeZone === null) return null;
  return { words: note.slice(0, at), column, remedy: `read the times in ${timeZone}`, reads: { timeZone } };
}

function unusedSeries(note: string): OtherReading | null {
  const [words = '', rest] = note.split(MAY_NAME_SERIES);
  const seriesColumn = /^"(.+)" has /.exec(words)?.[1];
  if (rest === undefined || seriesColumn === undefined) return null;
  return { words, column: seriesColumn, remedy: 'make a series of each of them', reads: { seriesColumn } };
}

export function readingFindings({ notes, rowsKept }: ImportReport, { timeColumn }: Recipe): Finding[] {
  return notes.flatMap((note) => {
    const other = otherFormat(note, timeColumn) ?? unusedZone(note, timeColumn) ?? unusedSeries(note);
    if (other === null) return [];
    const { words, column, remedy, reads } = other;
    const finding = {
      check: 'reading',
      column,
      series: null,
      count: rowsKept,
      words,
      examples: [],
      spans: [],
    };
    return [{ ...finding, remedy: { words: remedy, reads } }];
  });
}
