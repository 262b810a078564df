// A view of a model's inside as a table of one value a line: what command line and window write as CSV.

import type { EngineClient } from '../../connect/connection.ts';
import type { AttributeChoice } from '../../contract/inside/attribution.ts';
import type { Edit } from '../../contract/inside/edits.ts';
import type { RowOrder } from '../../contract/inside/states.ts';
import type { InsideTarget, Place } from '../../contract/inside/target.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { field } from '../../words/csv-field.ts';
import { guardText } from '../../words/csv-guard.ts';
import type { Figure } from './figures.ts';
import type { LongTable } from './long-table.ts';

export interface InsideQuestion extends InsideTarget {
  readonly place: Place;
  /** Default: the view's own. */
  readonly what?: string | undefined;
  /** Of the attributions. */
  readonly baseline?: AttributeChoice['baseline'] | undefined;
  /** Of the histograms. */
  readonly parameter?: string | undefined;
  readonly order: RowOrder;
  readonly step: number;
  readonly unit: number;
  /** Of views `ofSamples`: the sample among those of the part, or a text instead; the first step and how many; layer and head of attention. */
  readonly sample?: number | undefined;
  readonly text?: string | undefined;
  readonly from?: number | undefined;
  readonly steps?: number | undefined;
  readonly layer?: number | undefined;
  readonly head?: number | undefined;
  /** What is explained: a class, a label, or a value of a frame. */
  readonly choice?: string | undefined;
  /** Of the window first; only for views that `takesEdits`. */
  readonly edits?: readonly Edit[] | undefined;
}

export interface TableView {
  /** For the help. */
  readonly about: string;
  /** It is of models that read samples, not windows of series. */
  readonly ofSamples?: boolean;
  /** It shows one window, whose values can be changed first. */
  readonly takesEdits?: boolean;
  table(client: EngineClient, question: InsideQuestion): Promise<LongTable>;
  /** Its pictures; absent where it is words, or the numbers of one unit. */
  readonly figures?: (table: LongTable) => readonly Figure[];
}

export const known = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** The first where none is given. @throws HindcastError `invalid-input` for another name. */
export function chosenName<Name extends string>(names: readonly Name[], given: string | undefined): Name {
  const found = given === undefined ? names[0] : names.find((name) => name === given);
  if (found !== undefined) return found;
  throw new HindcastError(
    'invalid-input',
    `This view has no "${given}"; --what is one of ${names.join(', ')}.`,
    {
      details: { field: 'what' },
    },
  );
}

const guarded = (cell: string | number): string =>
  typeof cell === 'string' ? guardText(cell) : String(cell);

/** With a line break at its end; names that a spreadsheet would run are guarded. */
export function csvOf({ columns, rows }: LongTable): string {
  const line = (cells: readonly (string | number | null)[]) =>
    cells.map((cell) => (cell === null ? '' : field(guarded(cell)))).join(',');
  return `${[columns, ...rows].map(line).join('\n')}\n`;
}
