// The report as text: every section, nothing from elsewhere, no name read as markup.
import { describe, expect, test } from 'vitest';
import { TASK_SCHEMAS } from '../../engine/contract/tasks/registry.ts';
import { exportReport } from '../../engine/export/report/report.ts';
import { resultSentence } from '../../engine/export/report/scores.ts';
import { countTicks, numberTicks, timeTicks } from '../../engine/export/report/ticks.ts';
import { COUNTED_WORDS } from '../../engine/words/tasks/counted.ts';
import { made, madeMetrics } from './made-run.ts';

const html = await exportReport(made({ name: 'a <b>bold</b> "name"' })).content.text();

test('has every section', () => {
  const titles = [...html.matchAll(/<h2>([^<]*)<\/h2>/g)].map(([, title]) => title);
  expect(titles).toEqual([
    'Scores',
    'Summary',
    'Data',
    'Forecasts of the test part',
    'Training',
    'Model',
    'Notes',
    'Configuration',
    'Experiment file',
  ]);
  const captions = [...html.matchAll(/<figcaption>([^<]*)/g)].map(([, caption]) => caption);
  expect(captions).toEqual([
    ...['close', 'volume'].flatMap((target) => [
      `${target}: actual and forecast`,
      `${target}: mean absolute error by steps ahead`,
    ]),
    'Loss by epoch',
    'Loss by step',
    'Gradient norm, before clipping',
    'Learning rate',
  ]);
});

test.each([
  { kind: 'forecast', fromUs: 0, heads: ['Part', 'From', 'To', 'Rows', 'Windows'] },
  { kind: 'generate', fromUs: null, heads: ['Part', 'Texts', 'Tokens'] },
  { kind: 'translate', fromUs: null, heads: ['Part', 'Pairs'] },
  { kind: 'video', fromUs: null, heads: ['Part', 'Videos', 'Windows'] },
])('counts the parts of a $kind run in what they are', async ({ kind, fromUs, heads }) => {
  const source = made();
  const { configuration } = source.run;
  const run = {
    ...source.run,
    configuration: { ...configuration, task: { ...configuration.task, kind } },
    parts: [{ part: 'train', rows: 1, windows: 40_031, fromUs, toUs: fromUs } as const],
  };
  const report = await exportReport({ ...source, run }).content.text();
  const [table = ''] = /<h2>Data<\/h2>.*?<\/table>/s.exec(report)!;
  expect([...table.matchAll(/<th(?: [^>]*)?>([^<]*)/g)].map(([, head]) => head)).toEqual(heads);
  expect(table.match(/<td/g)).toHaveLength(heads.length);
  expect(table).toContain('<td class="n">40,031</td></tr>');
});

test('gives the loss its unit where it has one', async () => {
  const source = made();
  const { configuration } = source.run;
  expect(html).toContain('mse, model units');
  const task = { ...configuration.task, kind: 'generate', loss: 'cross-entropy' } as const;
  const run = { ...source.run, configuration: { ...configuration, task } };
  const report = await exportReport({ ...source, run }).content.text();
  expect(report).toContain('cross-entropy, nats per token');
  expect(report).not.toContain('model units');
});

test('draws the parts of one text by their tokens', async () => {
  const source = made();
  const part = { rows: 1, fromUs: null, toUs: null };
  const parts = [
    { ...part, part: 'train', windows: 750 } as const,
    { ...part, part: 'test', windows: 250 } as const,
  ];
  const report = await exportReport({ ...source, run: { ...source.run, parts } }).content.text();
  const [drawn = ''] = /<svg class="split".*?<\/svg>/s.exec(report)!;
  expect([...drawn.matchAll(/ width="([\d.]+)"/g)].map(([, width]) => Number(width))).toEqual([540, 180]);
});

test('every kind of task says what its parts count', () => {
  for (const { shape } of TASK_SCHEMAS)
    expect(COUNTED_WORDS[shape.kind.value], shape.kind.value).toBeDefined();
});

test('loads nothing and runs nothing', () => {
  expect(html).not.toMatch(/<script|<link|<img|<iframe|\bsrc=|\bhref=|url\(|@import|https?:/);
  expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
});

test('escapes what is written by people', () => {
  expect(html).not.toContain('<b>bold</b>');
  expect(html).toContain('a &#60;b&#62;bold&#60;/b&#62; &#34;name&#34;');
  expect(html).toContain('&#60;they&#62; are neither');
});

test('says first how the model compares with the best baseline', () => {
  expect(html).toMatch(
    /MAE is <b>1\.500<\/b> \(units of the targets\), <b>25\.0\s% below that of<\/b> the best baseline, repeat/,
  );
});

test.each([
  { repeat: 0, relation: 'above that of' },
  { repeat: -3, relation: 'above that of' },
  { repeat: 0.1, relation: '15.00 times that of' },
])('compares a score with a baseline of $repeat', ({ repeat, relation }) => {
  const { run } = made();
  const scores = run.scores.map((score) =>
    score.subject === 'repeat' ? { ...score, value: repeat } : score,
  );
  expect(resultSentence({ ...run, scores }, ['close', 'volume'])).toContain(`<b>${relation}</b>`);
});

test('shows errors beside the baselines, the worst origins, and the series that fares worst first', () => {
  expect(html).toContain('aria-label="close: mean absolute error by steps ahead"');
  expect(html).toMatch(/mean absolute error by steps ahead.*model.*repeat/);
  expect(html).toContain('<li>2020-01-04: error 8.000, 2.0 times the mean</li>');
  const series = html.slice(html.indexOf('<h3>Scores by series</h3>'));
  expect(series.indexOf('c &#60;d&#62;')).toBeLessThan(series.indexOf('a, b'));
  expect(series).toContain('<td class="n">+33.3 %</td>');
  expect(series).toContain('Worse than the best baseline for 1 of 2 series by MAE.');
});

test('draws the nearest and the farthest step in one chart, and scores the series by every metric', () => {
  const [chart] = /<figcaption>close: actual and forecast.*?<\/figure>/s.exec(html)!;
  expect(chart).toMatch(/actual<\/span>.*forecast 1 step ahead<\/span>.*forecast 7 steps ahead<\/span>/s);
  expect(chart.match(/class="line"/g)).toHaveLength(3);
  const series = html.slice(html.indexOf('<h3>Scores by series</h3>'));
  for (const label of ['MAE', 'RMSE']) expect(series).toContain(`<th class="n">Its ${label}</th>`);
});

test('the experiment file is the configuration', () => {
  const { run } = made();
  const plain = /<h2>Experiment file.*<pre>(.*?)<\/pre>/s
    .exec(html)![1]!
    .replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
  expect(JSON.parse(plain)).toEqual({ ...run.configuration, name: 'a <b>bold</b> "name"' });
});

test('stays small however many forecasts there are', async () => {
  const large = await exportReport(made({ origins: 10_000 })).content.text();
  expect(large.length).toBeLessThan(500_000);
});

test('a run without scores, curves and forecasts has a report too', async () => {
  const { run, task } = made({ origins: 0 });
  const nothing = madeMetrics('step', 0, {});
  const bare = { ...run, scores: [], parts: [], notes: [], parameterCount: null, bestEpoch: null };
  const report = await exportReport({ run: bare, task, steps: nothing, epochs: nothing }).content.text();
  expect(report).toContain('<p>The run has no scores.</p>');
  expect(report).not.toMatch(/NaN|undefined|Infinity/);
});

describe('ticks', () => {
  const labels = (ticks: readonly { label: string }[]) => ticks.map(({ label }) => label);

  test('of numbers are round', () => {
    expect(labels(numberTicks(0, 1, 4))).toEqual(['0.0', '0.5', '1.0']);
    expect(labels(numberTicks(1388, 3390, 4))).toEqual([
      '1,000',
      '1,500',
      '2,000',
      '2,500',
      '3,000',
      '3,500',
    ]);
    expect(labels(numberTicks(-0.012, 0.013, 4))).toEqual(['-0.02', '-0.01', '0.00', '0.01', '0.02']);
    expect(labels(numberTicks(1e9, 4e9, 4))).toEqual(['1e9', '2e9', '3e9', '4e9']);
    expect(labels(numberTicks(5, 5, 4)).length).toBeGreaterThan(1);
  });

  test('of counts are whole and begin with the first', () => {
    expect(labels(countTicks(1, 2, 6))).toEqual(['1', '2']);
    expect(labels(countTicks(1, 12, 6))).toEqual(['1', '2', '4', '6', '8', '10', '12']);
    expect(labels(countTicks(1, 5000, 6))).toEqual(['1', '1,000', '2,000', '3,000', '4,000', '5,000']);
    expect(labels(countTicks(1, 1, 6))).toEqual(['1']);
  });

  test('of times are round', () => {
    const of = (from: string, to: string) => labels(timeTicks(Date.parse(from), Date.parse(to), 6));
    expect(of('2017-04-01Z', '2020-04-17Z')).toEqual(['2018', '2019', '2020']);
    expect(of('2015-05-26Z', '2015-12-31Z')).toEqual(['2015-07', '2015-09', '2015-11']);
    expect(of('2020-01-30Z', '2020-02-02Z')).toEqual([
      '01-30 00:00',
      '01-30 12:00',
      '01-31 00:00',
      '01-31 12:00',
      '02-01 00:00',
      '02-01 12:00',
      '02-02 00:00',
    ]);
  });
});

test('views into the model are images: what they hold cannot run, and without one the page loads nothing', async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><text>gate</text></svg>';
  const figures = [{ title: 'Gates <b>, best weights', svg }];
  const report = await exportReport({ ...made({}), figures }).content.text();
  expect(report).toContain("default-src 'none'; style-src 'unsafe-inline'; img-src data:");
  expect(report).toContain('<h2>Inside the model</h2>');
  expect(report).toContain('<figcaption>Gates &#60;b');
  expect(report).not.toContain('<script>');
  const [, data] = /<img [^>]*src="data:image\/svg\+xml;base64,([^"]+)"/.exec(report)!;
  expect(Buffer.from(data!, 'base64').toString()).toBe(svg);
  expect(html).not.toContain('img-src');
  expect(html).not.toContain('Inside the model');
});
