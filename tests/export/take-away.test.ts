// Exports through the built command: the model's folder, the report, forecasts of new data.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCard } from '../../engine/export/tfjs/card.ts';
import { projectRoot } from '../../engine/hosts/node/paths.ts';
import { runCommand } from '../hosts/command.ts';

const folder = mkdtempSync(join(tmpdir(), 'hindcast-take-away-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const workspace = join(folder, 'w.hindcast');
const inFolder = (name: string) => join(folder, name);
const hindcast = async (...args: string[]) => runCommand([...args, '--workspace', workspace]);
const weather = readFileSync(join(projectRoot, 'node_modules/vega-datasets/data/seattle-weather.csv'), 'utf8')
  .trimEnd()
  .split('\n');

beforeAll(async () => {
  const sample = join(projectRoot, 'samples/seattle-weather-lstm.json');
  const settings = ['training.epochs=1', 'model.units=8'].flatMap((setting) => ['--set', setting]);
  const { code, stderr } = await hindcast('train', sample, ...settings);
  expect(code, stderr).toBe(0);
});

describe('a model for others', () => {
  beforeAll(async () => {
    const out = inFolder('model');
    const { code, stdout, stderr } = await hindcast('export', '1', '--format', 'tfjs', '--out', out);
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/\nChecked on 100 windows: .* to \d\.\de-\d+ of the target's standard deviation/);
  });

  it('is a LayersModel with a card', () => {
    expect(readdirSync(inFolder('model')).sort()).toEqual(['card.json', 'model.json', 'weights.bin']);
    const card = parseCard(readFileSync(join(inFolder('model'), 'card.json'), 'utf8'));
    expect(card).toMatchObject({
      units: 'data',
      stepsBefore: ['fill', 'one-hot'],
      // Five columns, of which one has five words, and the time of the year, also of the rows that are forecast.
      input: { shape: [28, 13] },
      output: { shape: [7, 1], names: ['temp_max'] },
      training: { dataset: 'seattle-weather', dataHash: expect.stringMatching(/^[0-9a-f]{64}$/) },
      verified: { windows: 100, tolerance: 1e-5 },
    });
    expect(card.input.names).toContain('weather=rain');
    expect(card.scores.length).toBeGreaterThan(0);
  });

  it('forecasts new data as the run does', async () => {
    writeFileSync(inFolder('new.csv'), weather.slice(0, 60).join('\n'));
    const ours = await hindcast('forecast', '1', '--input', inFolder('new.csv'));
    const theirs = await hindcast('forecast', '--model', inFolder('model'), '--input', inFolder('new.csv'));
    const values = (csv: string) =>
      csv
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((line) => Number(line.split(',')[5]));
    expect(ours.stdout.split('\n')[1]).toMatch(
      /^seattle-weather,2012-02-28T00:00:00Z,2012-02-29T00:00:00Z,1,temp_max,/,
    );
    expect(values(ours.stdout)).toHaveLength(7);
    for (const [index, value] of values(theirs.stdout).entries()) {
      expect(value).toBeCloseTo(values(ours.stdout)[index]!, 4);
    }
  });

  const text = (name: string) => readFileSync(join(inFolder('model'), name), 'utf8');
  const weights = () => readFileSync(join(inFolder('model'), 'weights.bin'));

  it.each<[string, string, () => string | Buffer | null, RegExp]>([
    ['no card', 'card.json', () => null, /holds no card\.json that can be read; give the folder/],
    ['no model.json', 'model.json', () => null, /holds no model\.json that can be read; give the folder/],
    ['no weights', 'weights.bin', () => null, /holds no weights\.bin that can be read; give the folder/],
    ['a card that is none', 'card.json', () => '{"a": 1}', /card\.json is no card of an exported model/],
    [
      'half a card',
      'card.json',
      () => text('card.json').slice(0, 300),
      /card\.json is no card of an exported/,
    ],
    [
      'a card of another version',
      'card.json',
      () => text('card.json').replace('"version": 1', '"version": 2'),
      /card\.json is of version 2, but this Hindcast reads version 1/,
    ],
    [
      'half a model.json',
      'model.json',
      () => text('model.json').slice(0, 300),
      /model\.json is not the file that card\.json was written for/,
    ],
    [
      'weights that were cut',
      'weights.bin',
      () => weights().subarray(0, 100),
      /weights\.bin has 100 of [\d,]+ bytes, so it was not copied whole/,
    ],
    [
      'other weights',
      'weights.bin',
      () => weights().fill(7, 40, 44),
      /weights\.bin is not the file that card\.json was written for/,
    ],
  ])('is refused with %s', async (name, file, content, message) => {
    const damaged = inFolder(name);
    cpSync(inFolder('model'), damaged, { recursive: true });
    const made = content();
    if (made === null) rmSync(join(damaged, file));
    else writeFileSync(join(damaged, file), made);
    const input = inFolder('new.csv');
    const { code, stdout, stderr } = await hindcast('forecast', '--model', damaged, '--input', input);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('new data of another form', () => {
  const changed = (change: (line: string, row: number) => string) =>
    weather.slice(0, 60).map(change).join('\n');
  const WORDS: Readonly<Record<string, RegExp>> = {
    semicolons: /^$/,
    shuffled: /^note: Rows were out of order/,
    'a gap': /^note: "wind" of a gap\.csv lacks 1 of its last 28 values/,
  };

  it.each([
    ['semicolons', changed((line) => line.replaceAll(',', ';'))],
    ['shuffled', [weather[0], ...weather.slice(1, 60).reverse()].join('\n')],
    ['a gap', changed((line, row) => (row === 50 ? line.replace(/,[^,]*(,[^,]*)$/, ',$1') : line))],
  ])('are read: %s', async (name, content) => {
    writeFileSync(inFolder(`${name}.csv`), content);
    const { code, stdout, stderr } = await hindcast('forecast', '1', '--input', inFolder(`${name}.csv`));
    expect(code, stderr).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(8);
    expect(stderr).toMatch(WORDS[name]!);
  });
});

describe('new data that do not suit', () => {
  it.each([
    [
      'a column is missing',
      weather.slice(0, 60).map((line, row) => (row === 0 ? line.replace('wind', 'gale') : line)),
      /a column is missing\.csv: the new data has no column "wind", .* its columns are .*"gale"/,
    ],
    [
      'a column is empty',
      weather.slice(0, 60).map((line, row) => (row === 0 ? line : line.replace(/,[^,]*(,[^,]*)$/, ',$1'))),
      /has no column "wind".* Columns without any value were left out: "wind"/,
    ],
    [
      'text for numbers',
      weather
        .slice(0, 60)
        .map((line, row) => (row === 0 ? line : line.replace(/,[^,]*(,[^,]*)$/, ',gale$1'))),
      /"wind" of text for numbers\.csv holds text such as "gale", but the model was trained on numbers/,
    ],
    ['too few rows', weather.slice(0, 20), /too few rows\.csv has 19 rows, but a forecast needs the last 28/],
    [
      'another frequency',
      weather.filter((_, row) => row === 0 || row % 7 === 1),
      /another frequency\.csv are (7 days|1 week) apart, but the model was trained on "seattle-weather", where they are 1 day apart/,
    ],
    [
      'another file, of another frequency',
      weather
        .filter((_, row) => row === 0 || row % 7 === 1)
        .map((line, row) => (row === 0 ? line.replace('wind', 'gale') : line)),
      /the new data has no column "wind"/,
    ],
    ['nothing at all', [], /nothing at all\.csv .*empty/],
  ])('%s', async (name, lines, message) => {
    const file = inFolder(`${name}.csv`);
    writeFileSync(file, lines.join('\n'));
    const { code, stdout, stderr } = await hindcast('forecast', '1', '--input', file);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(message);
  });

  it('leave nothing in the workspace', async () => {
    const { stdout } = await hindcast('datasets', '--json');
    expect(JSON.parse(stdout)).toHaveLength(1);
  });
});

describe('the report', () => {
  it('is one HTML file that loads nothing', async () => {
    const { code, stderr } = await hindcast(
      'export',
      '1',
      '--format',
      'report',
      '--out',
      inFolder('run.html'),
    );
    expect(code, stderr).toBe(0);
    const html = readFileSync(inFolder('run.html'), 'utf8');
    expect(html).toContain('<h1>seattle weather lstm</h1>');
    expect(html.match(/<figure>/g)!.length).toBeGreaterThanOrEqual(6);
    expect(html).not.toMatch(/<script|src=|href=|url\(/);
  });
});
