// The benchmark of the M4 competition: its files, its scores by hand, and experiments that are valid.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ExperimentSchema } from '../../engine/contract/experiment/experiment.ts';
import { experimentOf, tableOf } from './m4/experiment.ts';
import { readM4 } from './m4/file.ts';
import { readForecasts } from './m4/forecasts.ts';
import { findKind, KINDS } from './m4/kinds.ts';
import { owaOf, scoreM4, simpleMethods } from './m4/scores.ts';

function files(...contents: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-m4-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return contents.map((content, index) => {
    const path = join(folder, `${index}.csv`);
    writeFileSync(path, content);
    return path;
  });
}

const TRAIN = '"V1","V2","V3","V4","V5"\n"W1","1","2","4","8"\n"W2","5","5.5",,\n"W3","2","3","NA","NA"\n';
const TEST = '"V1","V2","V3"\n"W2","6","4"\n"W1","8","10"\n"W3","3","1"\n';

test('lines of any length, quoted, in any order of the second file', () => {
  const [train, future] = files(TRAIN, TEST);
  expect(readM4(train!, future!)).toEqual([
    { name: 'W1', known: [1, 2, 4, 8], future: [8, 10] },
    { name: 'W2', known: [5, 5.5], future: [6, 4] },
    { name: 'W3', known: [2, 3], future: [3, 1] },
  ]);
});

test.each([
  ['a series without its test', TRAIN, '"V1","V2"\n"W1","8"\n', 'lacks the series W2'],
  ['a text', '"V1","V2"\n"W1","x"\n', TEST, 'line 2: "x" is no number'],
  ['a series without values', '"V1","V2"\n"W1",\n', TEST, 'line 2: W1 has no values'],
  ['nothing', '"V1"\n', TEST, 'has no series'],
])('%s is refused', (_, train, future, words) => {
  const [one, two] = files(train, future);
  expect(() => readM4(one!, two!)).toThrow(words);
});

test('sMAPE, MASE and OWA by hand', () => {
  const series = [{ name: 'W1', known: [1, 2, 4, 8], future: [8, 12] }];
  const methods = simpleMethods(series, 1);
  // Errors 0 and 4: 0 and 200 * 4 / 20 per cent; steps of 1, 2 and 4 before.
  expect(scoreM4(series, 1, methods.get('naive')!)).toEqual({ smape: 20, mase: 2 / (7 / 3) });
  const forecast = new Map([['W1', [8, 10]]]);
  const [own, naive2] = [forecast, methods.get('naive2')!].map((one) => scoreM4(series, 1, one));
  expect(owaOf(own!, naive2!)).toBeCloseTo(((200 * (2 / 22)) / 2 / 20 + 0.5) / 2, 12);
  expect(owaOf(naive2!, naive2!)).toBe(1);
});

test('Naive2 takes a season out and puts it back, from the row after the last one on', () => {
  const season = [4, 1, 1, 2];
  const known = Array.from({ length: 41 }, (_, row) => 10 * season[row % 4]! * 1.01 ** row);
  const series = [
    { name: 'H1', known, future: [1, 2, 3, 4, 5].map((step) => 10 * season[(40 + step) % 4]!) },
  ];
  const forecast = simpleMethods(series, 4).get('naive2')!.get('H1')!;
  const shares = Array.from(
    forecast,
    (value, index) => value / (season[(41 + index) % 4]! * (known.at(-1)! / 4)),
  );
  for (const share of shares) expect(share).toBeCloseTo(1, 1);
});

test('every kind has a valid experiment, whose test part is what the competition asked for', () => {
  for (const kind of KINDS) {
    for (const model of ['gru', 'lstm'])
      expect(ExperimentSchema.safeParse(experimentOf(kind, model)).error, kind.name).toBeUndefined();
    const future = Array.from({ length: kind.horizon }, (_, row) => row);
    const table = tableOf([{ name: 'X', known: [7, 8, 9], future }], kind)
      .trim()
      .split('\n');
    const { split } = ExperimentSchema.parse(experimentOf(kind, 'gru'));
    const from = split.kind === 'date' ? split.testFrom : '';
    expect(table.filter((line) => (line.split(',')[1] ?? '') >= from && line.startsWith('X'))).toHaveLength(
      kind.horizon,
    );
    expect(findKind(undefined, `${kind.name}-train.csv`)).toBe(kind);
  }
});

test('forecasts of the model and of each baseline, by series and step', () => {
  const csv =
    'series,origin,step,forecast,actual,baseline/ets\nH1,o,2,20,1,200\nH1,o,1,10,1,100\nH2,o,1,5,1,50\n';
  expect([...readForecasts(csv)].map(([name, bySeries]) => [name, [...bySeries]])).toEqual([
    [
      'forecast',
      [
        ['H1', [10, 20]],
        ['H2', [5]],
      ],
    ],
    [
      'ets',
      [
        ['H1', [100, 200]],
        ['H2', [50]],
      ],
    ],
  ]);
});
