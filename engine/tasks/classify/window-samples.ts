// Windows of series as samples: each is a number of rows, and its class is what comes after them: the word of a category column, or whether a
// number goes up or down. Parts lie in order of time; no window of one part has its answer in another one.

import type { SampleTable } from '../../contract/datasets/sample-values.ts';
import type { GivenPart } from '../../contract/datasets/samples.ts';
import type { ClassifyTask, ClassifyWindow } from '../../contract/tasks/classify.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { Series, SeriesColumn } from '../../data/series.ts';
import type { PartRanges } from '../../data/split.ts';
import { rowHash, rowName, type SplitSeries, seriesColumn, withParts } from '../series-samples.ts';

/** The class that the last known row has, or the direction that led to it: what persistence says. */
export const BEFORE = 'class before';

const UP = 'up';
const DOWN = 'down';

interface Sample {
  readonly name: string;
  readonly group: string;
  readonly part: GivenPart | '';
  readonly values: Float32Array;
  readonly truth: string;
  readonly before: string;
  readonly hash: string;
}

/** @throws HindcastError `unknown-column`, and `too-few-rows` where no window has an answer. */
export function windowSamples(task: ClassifyTask, window: ClassifyWindow, given: SplitSeries): SampleTable {
  const samples = withParts(given).flatMap((one) => [...samplesOf({ task, window, ...one })]);
  if (samples.length === 0) throw noWindow(task, window);
  return tableOf(samples, task, window);
}

/**
 * Every window of the new rows, also the last ones, whose answers are not known.
 * @param own the series of the run: they say which channel a word has
 * @throws HindcastError `too-few-rows` where no series is as long as a window
 */
export function windowsOfNewRows(
  task: ClassifyTask,
  window: ClassifyWindow,
  { series, own }: { readonly series: readonly Series[]; readonly own: readonly Series[] },
): SampleTable {
  const samples = series.flatMap((one) => [
    ...samplesOf({ task, window, series: inWordsOf(one, own[0]), parts: null }),
  ]);
  if (samples.length === 0) throw tooShort(window);
  return tableOf(samples, task, window);
}

/** The same series with the codes that the words have in the other one; words that it lacks are missing. */
function inWordsOf(series: Series, other: Series | undefined): Series {
  const columns = series.columns.map((column) => {
    const known = other?.columns.find(({ name }) => name === column.name);
    if (column.kind !== 'category' || !known) return column;
    const codes = column.categories.map((word) => known.categories.indexOf(word));
    const codeOf = (value: number) => ((codes[value] ?? -1) < 0 ? Number.NaN : codes[value]!);
    return { ...column, categories: known.categories, values: column.values.map(codeOf) };
  });
  return { ...series, columns };
}

function tableOf(samples: readonly Sample[], task: ClassifyTask, window: ClassifyWindow): SampleTable {
  const channels = samples[0]!.values.length / window.lookback;
  const categories = [...new Set(samples.flatMap(({ truth, before }) => [truth, before]))]
    .filter(Boolean)
    .toSorted();
  const codesOf = (of: (sample: Sample) => string) =>
    Float64Array.from(samples, (sample) => {
      const code = categories.indexOf(of(sample));
      return code < 0 ? Number.NaN : code;
    });
  return {
    rows: samples.length,
    names: samples.map(({ name }) => name),
    groups: samples.map(({ group }) => group),
    parts: samples.map(({ part }) => part),
    hashes: samples.map(({ hash }) => hash),
    columns: [
      { name: task.input, kind: 'sequence', sequences: samples.map(({ values }) => ({ channels, values })) },
      { name: task.label, kind: 'category', codes: codesOf(({ truth }) => truth), categories },
      { name: BEFORE, kind: 'category', codes: codesOf(({ before }) => before), categories },
    ],
  };
}

interface Windows {
  readonly task: ClassifyTask;
  readonly window: ClassifyWindow;
  readonly series: Series;
  /** Null: no window has a part, and those without an answer count too. */
  readonly parts: PartRanges | null;
}

function* samplesOf({ task, window, series, parts }: Windows): Generator<Sample, void, void> {
  const { lookback, ahead } = window;
  const label = seriesColumn(series, task.label);
  const inputs = window.columns.map((name) => seriesColumn(series, name));
  const rows = series.times.length;
  const end = parts ? rows - ahead : rows;
  for (let last = lookback - 1; last < end; last++) {
    const truth = classAt(label, last, ahead);
    const part = parts ? partOf(parts, last, last + ahead) : '';
    if ((parts && truth === '') || part === null) continue;
    yield {
      name: rowName(series, last),
      // Neighbouring windows share their rows: scores are drawn in blocks of them.
      group: `${series.name} ${Math.floor(last / lookback)}`,
      part,
      values: valuesOf(inputs, last, window),
      truth,
      before:
        label.kind === 'category'
          ? wordAt(label, last)
          : last < ahead
            ? ''
            : classAt(label, last - ahead, ahead),
      hash: rowHash(series, last),
    };
  }
}

const wordAt = ({ values, categories }: SeriesColumn, row: number): string => categories[values[row]!] ?? '';

/** Empty where it is not known, and where a number stays as it is. */
function classAt(column: SeriesColumn, row: number, ahead: number): string {
  if (column.kind === 'category') return wordAt(column, row + ahead);
  const change = column.values[row + ahead]! - column.values[row]!;
  return change > 0 ? UP : change < 0 ? DOWN : '';
}

/** The part that the answer lies in, which was not known when the window ended; null between two parts. */
function partOf(parts: PartRanges, last: number, answer: number): GivenPart | null {
  for (const part of ['train', 'validation', 'test'] as const) {
    const { from, to } = parts[part];
    // A training window may begin with the data; later ones look back over the boundary, as forecasts do.
    if (answer >= from && answer < to) return part === 'train' || last >= from - 1 ? part : null;
  }
  return null;
}

/** [lookback, channels]; a category column is a channel a word. */
function valuesOf(
  columns: readonly SeriesColumn[],
  last: number,
  { lookback, relative }: ClassifyWindow,
): Float32Array {
  const width = columns.reduce((sum, column) => sum + channelsOf(column), 0);
  const values = new Float32Array(lookback * width);
  let channel = 0;
  for (const column of columns) {
    const base = relative && column.kind === 'numeric' ? lastKnown(column.values, last, lookback) : 0;
    for (let step = 0; step < lookback; step++) {
      const value = column.values[last - lookback + 1 + step]!;
      if (column.kind === 'numeric') values[step * width + channel] = value - base;
      else if (!Number.isNaN(value)) values[step * width + channel + value] = 1;
    }
    channel += channelsOf(column);
  }
  return values;
}

const channelsOf = ({ kind, categories }: SeriesColumn): number =>
  kind === 'category' ? categories.length : 1;

function lastKnown(values: Float64Array, last: number, lookback: number): number {
  for (let row = last; row > last - lookback; row--) if (!Number.isNaN(values[row]!)) return values[row]!;
  return 0;
}

function tooShort({ lookback }: ClassifyWindow): HindcastError {
  const message = `The new data have fewer rows than the ${lookback} of a window; give at least the last ${lookback} rows.`;
  return new HindcastError('too-few-rows', message);
}

function noWindow({ label }: ClassifyTask, { lookback, ahead }: ClassifyWindow): HindcastError {
  const message = `No window of ${lookback} rows has a known ${label} ${ahead} after it: take a shorter task.window.lookback, or more data.`;
  return new HindcastError('too-few-rows', message, { details: { field: 'task.window.lookback' } });
}
