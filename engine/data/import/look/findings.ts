// What was found in an import, as it is told: gaps and columns together, with times, lines of the file and remedies.
import { joinClean } from '../../../contract/datasets/clean.ts';
import type { SeriesInfo } from '../../../contract/datasets/dataset.ts';
import type { Finding } from '../../../contract/datasets/findings.ts';
import { countText } from '../../count-text.ts';
import type { TimeGaps } from '../../time-grid.ts';
import type { Placed } from '../rows/placed.ts';
import type { Dialect, TextFile } from '../source/dialect.ts';
import { lineNumbers } from '../table/table-check.ts';
import {
  type Draft,
  type ExaminedColumn,
  MOST_SPANS,
  type Part,
  type Place,
  partsOf,
} from './examine-column.ts';

const MOST_FINDINGS = 100;
const MOST_EXAMPLES = 5;
/** Finding the lines of examples takes a walk over the file. */
export const MOST_BYTES_WALKED = 256 << 20;

function gapsOf(part: Part, times: BigInt64Array, { gaps }: TimeGaps): Draft[] {
  if (gaps.length === 0) return [];
  const longest = [...gaps].sort((a, b) => b.missing - a.missing);
  const missing = gaps.reduce((sum, gap) => sum + gap.missing, 0);
  const places = longest.slice(0, MOST_SPANS).map(({ row }) => ({
    series: part.name,
    fromUs: Number(times[row - 1]),
    toUs: Number(times[row]),
    position: part.from + row,
    value: null,
  }));
  const what =
    gaps.length === 1
      ? 'a gap'
      : `${countText(gaps.length)} gaps, the longest of ${countText(longest[0]!.missing)} ${longest[0]!.missing === 1 ? 'row' : 'rows'},`;
  const words = `The times of "${part.name}" have ${what} in which ${countText(missing)} ${missing === 1 ? 'row is' : 'rows are'} missing`;
  const remedy = {
    words: 'put these rows in as missing values (an experiment counts them so anyway)',
    clean: { complete: true } as const,
  };
  return [{ check: 'gaps', column: null, series: part.name, count: missing, words, places, remedy }];
}

/** One finding for all series of a column. */
function merged(drafts: readonly Draft[]): Draft[] {
  return [...Map.groupBy(drafts, ({ check, column }) => `${check}\n${column}`).values()].map((same) => {
    const [first] = same as [Draft, ...Draft[]];
    if (same.length === 1) return first;
    const most = same.reduce((best, one) => (one.count > best.count ? one : best));
    const cleans = same.flatMap(({ remedy }) => remedy?.clean ?? []).slice(0, 500);
    return {
      ...most,
      series: null,
      count: same.reduce((sum, one) => sum + one.count, 0),
      words: `${most.words} in "${most.series}", and likewise in ${countText(same.length - 1)} more series`,
      places: same.flatMap(({ places }) => places).slice(0, MOST_SPANS),
      remedy: most.remedy && { words: most.remedy.words, clean: dropOnce(joinClean(...cleans)) },
    };
  });
}

const dropOnce = (clean: ReturnType<typeof joinClean>) =>
  clean.drop === undefined ? clean : { ...clean, drop: [...new Set(clean.drop)] };

/** Columns that have the values of one before them. */
function duplicates(columns: readonly ExaminedColumn[]): Map<string, Draft> {
  const seen = new Map<string, string>();
  const found = new Map<string, Draft>();
  for (const { name, rows, hash, isConstant } of columns) {
    const original = seen.get(hash);
    if (original === undefined) seen.set(hash, name);
    else if (!isConstant) found.set(name, duplicate(name, original, rows));
  }
  return found;
}

function duplicate(name: string, original: string, rows: number): Draft {
  const words = `"${name}" has the same values as "${original}" in all rows`;
  const remedy = { words: 'leave the column out', clean: { drop: [name] } };
  return { check: 'duplicate-column', column: name, series: null, count: rows, words, places: [], remedy };
}

export interface FindingsRequest {
  readonly placed: Placed;
  readonly file: TextFile;
  readonly dialect: Dialect;
  /** Of the parts. */
  readonly spans: readonly Pick<SeriesInfo, 'name' | 'stepUs'>[];
  readonly gaps: readonly TimeGaps[];
}

async function lineOf(
  { placed, file, dialect }: FindingsRequest,
  drafts: readonly Draft[],
): Promise<(place: Place) => number | null> {
  if (file.bytes > MOST_BYTES_WALKED) return () => null;
  const examples = drafts.flatMap(({ places }) => places.slice(0, MOST_EXAMPLES));
  const rowOf = await placed.rowsOfFile([...new Set(examples.map(({ position }) => position))]);
  const lines = await lineNumbers(file, dialect, [...rowOf.values()]);
  return ({ position }) => lines.get(rowOf.get(position) ?? -1) ?? null;
}

/** The first 100; `columns` in order. */
export async function findingsOf(
  request: FindingsRequest,
  columns: readonly ExaminedColumn[],
): Promise<Finding[]> {
  const { placed, spans, gaps } = request;
  const { times } = placed;
  const same = duplicates(columns);
  const drafts = partsOf({ parts: placed.parts, spans }).flatMap((part, i) =>
    gapsOf(part, times.subarray(part.from, part.from + part.rows), gaps[i]!),
  );
  for (const column of columns) drafts.push(...column.drafts, ...[same.get(column.name) ?? []].flat());
  const kept = merged(drafts).slice(0, MOST_FINDINGS);
  const line = await lineOf(request, kept);
  return kept.map(({ places, ...finding }) => ({
    ...finding,
    examples: places
      .slice(0, MOST_EXAMPLES)
      .map((place) => ({ timeUs: place.fromUs, line: line(place), value: place.value })),
    spans: places.map(({ series, fromUs, toUs }) => ({ series, fromUs, toUs })),
  }));
}

/** Findings that are told among the notes, too. */
const TOLD = new Set(['stuck', 'unit-drift']);

export function findingNotes(findings: readonly Finding[]): string[] {
  return findings.flatMap(({ check, words, examples, remedy }) => {
    if (!TOLD.has(check)) return [];
    const [first] = examples;
    const where =
      first === undefined
        ? ''
        : ` from ${new Date(first.timeUs / 1000).toISOString().slice(0, 19)}Z on${first.line === null ? '' : ` (line ${first.line})`}`;
    const how = remedy ? `; ${remedy.words}, if that is a fault (in a terminal: --remedy ${check})` : '';
    return [`${words}${where}${how}.`];
  });
}
