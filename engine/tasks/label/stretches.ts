// Stretches of rows of series as texts: each row is a step, its numbers between commas, and its label is the word of a category column in the
// same row. A stretch lies in one part, and no row in two stretches.

import type { SampleTable } from '../../contract/datasets/sample-values.ts';
import type { LabelTask, LabelWindow } from '../../contract/tasks/label.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { Part } from '../../data/prepared.ts';
import type { Series, SeriesColumn } from '../../data/series.ts';
import { PARTS } from '../sample-split.ts';
import { rowHash, rowName, type SplitSeries, seriesColumn, withParts } from '../series-samples.ts';
import { MISSING, SEPARATOR } from './step-input.ts';

/** Where a task names no other sign. */
export const NO_LABEL = '-';

interface Stretch {
  readonly series: Series;
  readonly part: Part;
  readonly from: number;
  readonly to: number;
}

/** @throws HindcastError `unknown-column`, and `invalid-input` for columns of another kind. */
export function stretchesOf(task: LabelTask, window: LabelWindow, given: SplitSeries): SampleTable {
  const stretches = withParts(given).flatMap(({ series, parts }) =>
    PARTS.flatMap((part) => {
      const { from, to } = parts[part];
      return Array.from({ length: Math.ceil(Math.max(0, to - from) / window.lookback) }, (_, at) => ({
        series,
        part,
        from: from + at * window.lookback,
        to: Math.min(to, from + (at + 1) * window.lookback),
      }));
    }),
  );
  return {
    rows: stretches.length,
    names: stretches.map(({ series, from }) => rowName(series, from)),
    groups: stretches.map(({ series }) => series.name),
    parts: stretches.map(({ part }) => part),
    hashes: stretches.map(({ series, from }) => rowHash(series, from)),
    columns: [
      { name: task.input, kind: 'text', texts: stretches.map((stretch) => rowsText(stretch, window)) },
      { name: task.target, kind: 'text', texts: stretches.map((stretch) => labelsText(stretch, task)) },
    ],
  };
}

function rowsText({ series, from, to }: Stretch, { columns }: LabelWindow): string {
  const read = columns.map((name) => columnOf(series, name, 'numeric', 'task.window.columns'));
  const rowText = (row: number) => read.map(({ values }) => numberText(values[row]!)).join(SEPARATOR);
  return Array.from({ length: to - from }, (_, at) => rowText(from + at)).join(' ');
}

const numberText = (value: number): string =>
  Number.isNaN(value) ? MISSING : String(Math.fround(value) === value ? value : Number(value.toPrecision(7)));

/** A word with a space would be two labels. */
function labelsText({ series, from, to }: Stretch, { target, noLabel }: LabelTask): string {
  const { values, categories } = columnOf(series, target, 'category', 'task.target');
  const wordOf = (row: number) =>
    categories[values[row]!]?.trim().replaceAll(/\s+/g, '_') || (noLabel ?? NO_LABEL);
  return Array.from({ length: to - from }, (_, at) => wordOf(from + at)).join(' ');
}

function columnOf(series: Series, name: string, kind: SeriesColumn['kind'], field: string): SeriesColumn {
  const found = seriesColumn(series, name);
  if (found.kind === kind) return found;
  const wanted = kind === 'numeric' ? 'a column of numbers' : 'a column of words that repeat';
  const message = `${field} names "${name}", a column of the kind "${found.kind}"; choose ${wanted}.`;
  throw new HindcastError('invalid-input', message, { details: { field } });
}
