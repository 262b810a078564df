// Examines the imported series, column by column, before they are handed out: what the doctor finds, with times, lines of the file and remedies.
import { joinClean } from '../../contract/datasets/clean.ts';
import type { SeriesInfo } from '../../contract/datasets/dataset.ts';
import type { Finding } from '../../contract/datasets/findings.ts';
import { countText } from '../count-text.ts';
import { type Examined, type Symptom, timesOf } from '../doctor/check.ts';
import { COLUMN_CHECKS } from '../doctor/registry.ts';
import { forPieces } from '../pieces.ts';
import type { TimeGaps } from '../time-grid.ts';
import type { Placed } from './rows/placed.ts';
import type { Dialect, TextFile } from './source/dialect.ts';
import { lineNumbers } from './table/table-check.ts';

const MOST_FINDINGS = 100;
const MOST_EXAMPLES = 5;
const MOST_SPANS = 50;
/** Finding the lines of examples takes a walk over the file. */
export const MOST_BYTES_WALKED = 256 << 20;

interface Place {
  readonly series: string;
  readonly fromUs: number;
  readonly toUs: number;
  /** Among the placed rows. */
  readonly position: number;
  readonly value: number | null;
}

interface Draft extends Omit<Finding, 'examples' | 'spans'> {
  readonly places: readonly Place[];
}

interface Part {
  readonly name: string;
  readonly stepUs: number;
  readonly from: number;
  readonly rows: number;
}

function draftOf(check: string, part: Part, examined: Examined, symptom: Symptom): Draft {
  const places = symptom.spans.slice(0, MOST_SPANS).map((span) => {
    const value = examined.values[span.from]!;
    return {
      series: part.name,
      ...timesOf(examined, span),
      position: part.from + span.from,
      value: Number.isNaN(value) ? null : value,
    };
  });
  const { remedy, count, words } = symptom;
  return {
    check,
    column: examined.column,
    series: part.name,
    count,
    words: `"${examined.column}" ${words}`,
    places,
    remedy: remedy && { words: remedy.words, clean: remedy.options },
  };
}

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

const PRIME = 0x9e3779b1;

/** 128 bits that equal values share. Four of 32 bits, so that no product waits for another. */
function hashOf(values: Float64Array): string {
  const words = new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
  const whole = words.length - (words.length % 4);
  const state = Int32Array.of(0x811c9dc5 | 0, 0x9747b28c | 0, 0x2b7e1516, 0x6a09e667);
  forPieces(0, whole, (from, to) => addWords(state, words, from, to));
  return [...state, ...words.subarray(whole)].join(' ');
}

/** Their number is a multiple of 4. */
function addWords(state: Int32Array, words: Int32Array, from: number, to: number): void {
  let [a, b, c, d] = [state[0]!, state[1]!, state[2]!, state[3]!];
  for (let i = from; i < to; i += 4) {
    a = Math.imul(rotated(a) ^ words[i]!, PRIME);
    b = Math.imul(rotated(b) ^ words[i + 1]!, PRIME);
    c = Math.imul(rotated(c) ^ words[i + 2]!, PRIME);
    d = Math.imul(rotated(d) ^ words[i + 3]!, PRIME);
  }
  state.set([a, b, c, d]);
}

const rotated = (bits: number): number => (bits << 13) | (bits >>> 19);

function duplicate(name: string, original: string, rows: number, constant: boolean): Draft[] {
  if (constant) return [];
  const words = `"${name}" has the same values as "${original}" in all rows`;
  const remedy = { words: 'leave the column out', clean: { drop: [name] } };
  return [{ check: 'duplicate-column', column: name, series: null, count: rows, words, places: [], remedy }];
}

export interface ExamineRequest {
  readonly placed: Placed;
  readonly file: TextFile;
  readonly dialect: Dialect;
  /** Of the parts. */
  readonly spans: readonly Pick<SeriesInfo, 'name' | 'stepUs'>[];
  readonly gaps: readonly TimeGaps[];
}

async function lineOf(
  { placed, file, dialect }: ExamineRequest,
  drafts: readonly Draft[],
): Promise<(place: Place) => number | null> {
  if (file.bytes > MOST_BYTES_WALKED) return () => null;
  const examples = drafts.flatMap(({ places }) => places.slice(0, MOST_EXAMPLES));
  const rowOf = await placed.rowsOfFile([...new Set(examples.map(({ position }) => position))]);
  const lines = await lineNumbers(file, dialect, [...rowOf.values()]);
  return ({ position }) => lines.get(rowOf.get(position) ?? -1) ?? null;
}

interface WholeColumn {
  readonly name: string;
  /** By part. */
  readonly missing: readonly number[];
  /** [rows] of all series, one behind the other. */
  readonly values: Float64Array;
  readonly times: BigInt64Array;
  readonly parts: readonly Part[];
  /** Columns by the hash of their values; this one is added. */
  readonly seen: Map<string, string>;
}

function examineColumn({ name, values, missing, times, parts, seen }: WholeColumn): Draft[] {
  const own: Draft[] = [];
  for (const [index, part] of parts.entries()) {
    const end = part.from + part.rows;
    const examined = {
      column: name,
      series: part.name,
      stepUs: part.stepUs,
      times: times.subarray(part.from, end),
      values: values.subarray(part.from, end),
      missing: missing[index]!,
    };
    for (const { id, find } of COLUMN_CHECKS) {
      const symptom = find(examined);
      if (symptom !== null) own.push(draftOf(id, part, examined, symptom));
    }
  }
  // A column that rests in some series only is left as it is.
  const constants = own.filter(({ check }) => check === 'constant');
  const isConstant = constants.length === parts.length;
  const found = isConstant ? own : own.filter((one) => !constants.includes(one));
  const hash = hashOf(values);
  const original = seen.get(hash);
  if (original !== undefined) return [...found, ...duplicate(name, original, values.length, isConstant)];
  seen.set(hash, name);
  return found;
}

export interface Examination {
  /** The values of one column of numbers, and how many of each part are missing. */
  add(name: string, values: Float64Array, missing: readonly number[]): void;
  /** All that was found, the first 100. */
  end(): Promise<Finding[]>;
}

export function beginExamination(request: ExamineRequest): Examination {
  const { placed, spans, gaps } = request;
  const { times } = placed;
  const parts = placed.parts.map(({ from, rows }, i): Part => ({ ...spans[i]!, from, rows }));
  const drafts = parts.flatMap((part, i) =>
    gapsOf(part, times.subarray(part.from, part.from + part.rows), gaps[i]!),
  );
  const seen = new Map<string, string>();
  return {
    add: (name, values, missing) =>
      void drafts.push(...examineColumn({ name, values, missing, times, parts, seen })),
    async end() {
      const kept = merged(drafts).slice(0, MOST_FINDINGS);
      const line = await lineOf(request, kept);
      return kept.map(({ places, ...finding }) => ({
        ...finding,
        examples: places
          .slice(0, MOST_EXAMPLES)
          .map((place) => ({ timeUs: place.fromUs, line: line(place), value: place.value })),
        spans: places.map(({ series, fromUs, toUs }) => ({ series, fromUs, toUs })),
      }));
    },
  };
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
