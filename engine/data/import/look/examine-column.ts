// What the doctor finds in one column of an import, series by series.
import type { Finding } from '../../../contract/datasets/findings.ts';
import { type Examined, type Symptom, timesOf } from '../../doctor/check.ts';
import { COLUMN_CHECKS } from '../../doctor/registry.ts';
import { forPieces } from '../../pieces.ts';
import type { LookRows } from './look-rows.ts';

export const MOST_SPANS = 50;

export interface Place {
  readonly series: string;
  readonly fromUs: number;
  readonly toUs: number;
  /** Among the placed rows. */
  readonly position: number;
  readonly value: number | null;
}

export interface Draft extends Omit<Finding, 'examples' | 'spans'> {
  readonly places: readonly Place[];
}

export interface Part {
  readonly name: string;
  readonly stepUs: number;
  readonly from: number;
  readonly rows: number;
}

export const partsOf = ({ parts, spans }: Pick<LookRows, 'parts' | 'spans'>): Part[] =>
  parts.map(({ from, rows }, i) => ({ name: spans[i]!.name, stepUs: spans[i]!.stepUs, from, rows }));

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

interface WholeColumn {
  readonly name: string;
  /** [rows] of all series, one behind the other. */
  readonly values: Float64Array;
  /** By part. */
  readonly missing: readonly number[];
}

export interface ExaminedColumn {
  readonly name: string;
  readonly rows: number;
  readonly drafts: readonly Draft[];
  /** Equal columns have the same. */
  readonly hash: string;
  /** In all series. */
  readonly isConstant: boolean;
}

export function examineColumn(rows: LookRows, { name, values, missing }: WholeColumn): ExaminedColumn {
  const parts = partsOf(rows);
  const own: Draft[] = [];
  for (const [index, part] of parts.entries()) {
    const end = part.from + part.rows;
    const examined = {
      column: name,
      series: part.name,
      stepUs: part.stepUs,
      times: rows.times.subarray(part.from, end),
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
  const drafts = isConstant ? own : own.filter((one) => !constants.includes(one));
  return { name, rows: values.length, drafts, hash: hashOf(values), isConstant };
}
