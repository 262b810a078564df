// Windows of series as samples: words and directions after them, in order of time, without an answer in two parts.
import { expect, test } from 'vitest';
import { ClassifyTaskSchema } from '../../../engine/contract/tasks/classify.ts';
import type { Series } from '../../../engine/data/series.ts';
import { completeExperiment } from '../../../engine/defaults/experiment.ts';
import { persistence } from '../../../engine/evaluation/classes/baselines/persistence.ts';
import { parseExperiment } from '../../../engine/services/runs/start.ts';
import { BEFORE, windowSamples, windowsOfNewRows } from '../../../engine/tasks/classify/window-samples.ts';
import { prepareTask, taskOf } from '../../../engine/tasks/task-of.ts';

const DAY = 86_400_000_000n;

/** A saw tooth of four days, a word for its half, and a number that never changes. */
function seriesOf(rows: number): Series {
  const values = Float64Array.from({ length: rows }, (_, row) => (row % 4 === 3 ? -3 : row % 4));
  return {
    name: 's',
    times: BigInt64Array.from({ length: rows }, (_, row) => BigInt(row) * DAY),
    columns: [
      { name: 'level', kind: 'numeric', values, categories: [] },
      { name: 'flat', kind: 'numeric', values: new Float64Array(rows), categories: [] },
      {
        name: 'word',
        kind: 'category',
        values: Float64Array.from({ length: rows }, (_, row) => (row === 20 ? Number.NaN : row % 3)),
        categories: ['rain', 'snow', 'sun'],
      },
    ],
  };
}

const SPLIT = { kind: 'fraction', train: 0.6, validation: 0.2, cut: 'time' } as const;
const taskFor = (changes: object) =>
  ClassifyTaskSchema.parse({ kind: 'classify', input: 'window', ...changes });
const made = (changes: object, rows = 60) => {
  const task = taskFor(changes);
  return windowSamples(task, task.window!, { split: SPLIT, series: [seriesOf(rows)] });
};

test('a number goes up or down after its window, relative to its last row', () => {
  const table = made({
    label: 'level',
    window: { columns: ['level'], lookback: 4, ahead: 1, relative: true },
  });
  expect(table.rows).toBe(56);
  const [input, label, before] = table.columns;
  expect(label).toMatchObject({ name: 'level', categories: ['down', 'up'] });
  // Rows 0 to 3 are 0, 1, 2, -3; row 4 is 0.
  expect(input).toMatchObject({ sequences: { 0: { channels: 1, values: Float32Array.of(3, 4, 5, 0) } } });
  const codes = label?.kind === 'category' ? [...label.codes.slice(0, 4)] : [];
  expect(codes).toEqual([1, 1, 1, 0]);
  expect(before).toMatchObject({ name: BEFORE });
  expect(before?.kind === 'category' && [...before.codes.slice(0, 4)]).toEqual([0, 1, 1, 1]);
  expect(() => made({ label: 'flat', window: { columns: ['level'], lookback: 4 } })).toThrow(
    'shorter task.window.lookback',
  );
});

test('no window trains or is scored where its answer lies in another part', () => {
  const table = made({ label: 'word', window: { columns: ['level', 'word'], lookback: 5, ahead: 3 } });
  const row = (name: string) => Number(BigInt(Date.parse(name.slice(2, 12))) / 86_400_000n);
  for (const [index, part] of table.parts.entries()) {
    const last = row(table.names[index]!);
    const from = { train: 0, validation: 36, test: 48, '': 0 }[part];
    const to = { train: 36, validation: 48, test: 60, '': 0 }[part];
    expect(last + 3).toBeLessThan(to);
    if (part !== 'train') expect(last).toBeGreaterThanOrEqual(from - 1);
  }
  expect(new Set(table.parts)).toEqual(new Set(['train', 'validation', 'test']));
  // A word is a channel; where it is missing none of them is 1.
  expect(table.columns[0]).toMatchObject({ sequences: { 0: { channels: 4 } } });
  expect(
    table.names.some((name) => name.includes(`${new Date(17 * 86_400_000).toISOString().slice(0, 10)}`)),
  ).toBe(false);
});

test('another future changes no window of the training part', () => {
  const fitted = (series: Series) =>
    prepareTask(
      parseExperiment({
        name: 'w',
        dataset: { name: 'w' },
        task: {
          kind: 'classify',
          input: 'window',
          label: 'word',
          window: { columns: ['level'], lookback: 4 },
        },
        split: SPLIT,
        pipeline: [],
        model: { kind: 'gru', units: 4 },
      }),
      { kind: 'series', name: 'w', series: [series] },
    );
  const one = seriesOf(60);
  const values = one.columns[0]!.values.map((value, row) => (row >= 36 ? 100 + row : value));
  const other = { ...one, columns: [{ ...one.columns[0]!, values }, ...one.columns.slice(1)] };
  const [a, b] = [fitted(one), fitted(other)];
  expect(b.fitted).toEqual(a.fitted);
  expect(a.examples.train).toBeGreaterThan(20);
});

test('of series the defaults take the column of words, and for numbers the direction', () => {
  const columns = [
    { name: 'date', kind: 'numeric' as const },
    { name: 'close', kind: 'numeric' as const },
  ];
  const facts = { rows: 60, series: 1, frequency: '1 day', startUs: 0, endUs: 1, columns };
  const of = (extra: { name: string; kind: 'category' }[]) =>
    completeExperiment(
      { name: 'x', dataset: { name: 'd' }, task: { kind: 'classify' }, model: { kind: 'gru' } },
      { ...facts, columns: [...columns, ...extra] },
    );
  expect(of([])).toMatchObject({
    task: { label: 'close', window: { columns: ['date', 'close'], relative: true } },
  });
  const words = of([{ name: 'weather', kind: 'category' }]);
  expect(words).toMatchObject({ task: { label: 'weather', window: { relative: false } } });
  const { task } = parseExperiment(words);
  expect(taskOf(task).needs(task)).toEqual({ kind: 'series', columns: ['date', 'close', 'weather'] });
  expect(taskOf(task).sentence(task)).toContain('weather');
});

test('persistence says the class before, even where that is mostly wrong', () => {
  const labels = Int32Array.from({ length: 30 }, (_, row) => row % 2);
  const before = labels.map((label) => 1 - label);
  const rows = [...labels.keys()];
  const work = persistence.learn({
    columns: [],
    classes: 2,
    labels,
    before,
    train: rows.slice(0, 10),
    validation: rows.slice(10, 20),
  });
  let step = work.next();
  while (!step.done) step = work.next();
  const answer = step.value ?? expect.unreachable();
  for (const row of rows.slice(20)) {
    const p = answer(row);
    expect(p[before[row]!]).toBeGreaterThan(p[labels[row]!]!);
    expect(p[0]! + p[1]!).toBeCloseTo(1, 12);
  }
});

test('of newer rows every window is answered, the last one without a truth; words keep their channels', () => {
  const task = taskFor({ label: 'word', window: { columns: ['level', 'word'], lookback: 4, ahead: 2 } });
  const own = seriesOf(60);
  const [level, , word] = seriesOf(9).columns;
  // Another file knows other words, in another order.
  const renamed = { ...word!, categories: ['sun', 'hail', 'snow'] };
  const series = [{ ...seriesOf(9), columns: [level!, renamed] }];
  const table = windowsOfNewRows(task, task.window!, { series, own: [own] });
  expect(table.rows).toBe(6);
  expect(table.parts).toEqual(['', '', '', '', '', '']);
  const [input, label] = table.columns;
  const values = input?.kind === 'sequence' ? input.sequences[0]! : expect.unreachable();
  expect(values.channels).toBe(4);
  // Level, rain, snow, sun: row 0 is "sun", row 1 the unknown "hail", row 2 "snow".
  expect([...values.values.slice(0, 12)]).toEqual([0, 0, 0, 1, 1, 0, 0, 0, 2, 0, 1, 0]);
  const codes = label?.kind === 'category' ? [...label.codes] : [];
  expect(codes.map(Number.isNaN)).toEqual([false, false, true, false, true, true]);
  const short = { series: [{ ...series[0]!, ...seriesOf(3) }], own: [own] };
  expect(() => windowsOfNewRows(task, task.window!, short)).toThrow('fewer rows than the 4 of a window');
});
