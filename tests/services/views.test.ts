// The views that screens ask for, on a real workspace: curves, series, checks of drafts, labels, copies.
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test, vi } from 'vitest';
import { ChartFrame, CurvesFrame, ValuesFrame } from '../../engine/contract/datasets/frames.ts';
import { asForecastTask } from '../../engine/contract/tasks/forecast.ts';
import { HindcastError } from '../../engine/contract/values/errors.ts';
import type { RunId } from '../../engine/contract/values/ids.ts';
import { movingAverage } from '../../engine/data/reduction.ts';
import type { EngineContext } from '../../engine/services/context.ts';
import { datasetValues, setAsideRows } from '../../engine/services/datasets/datasets.ts';
import { profileOf } from '../../engine/services/datasets/profile.ts';
import { createDatasetViews } from '../../engine/services/datasets/views.ts';
import { runCurves } from '../../engine/services/runs/curves.ts';
import { checkExperiment } from '../../engine/services/runs/experiment-check.ts';
import { createMetricCache } from '../../engine/services/runs/metric-cache.ts';
import { readRows, rowsAtOnce } from '../../engine/services/runs/metric-rows.ts';
import type { Workspace } from '../../engine/store/workspace.ts';
import {
  feed,
  importData,
  importMessages,
  newRun,
  newWorkspace,
  openTest,
  temporaryFolder,
} from '../store/helpers.ts';
import { runJobHere } from './fixture.ts';

/** The services under test touch nothing but the workspace and jobs. */
const contextOf = (workspace: Workspace) => ({ workspace, runJob: runJobHere }) as unknown as EngineContext;

/** Steps `first` to `last` with the loss `step` and its double as the norm. */
function addSteps(workspace: Workspace, runId: RunId, first: number, last: number, scale = 1): void {
  const count = last - first + 1;
  const values = Float64Array.from({ length: 2 * count }, (_, cell) => {
    const step = first + (cell >> 1);
    return cell % 2 === 0 ? scale * step : 2 * scale * step;
  });
  workspace.metrics.append(runId, 'step', first, count, values);
}

test('curves are reduced to the number of points asked for, and follow the run as it grows', async () => {
  const workspace = newWorkspace();
  const runId = newRun(workspace);
  workspace.metrics.declare(runId, 'step', ['loss', 'gradientNorm']);
  addSteps(workspace, runId, 1, 100);
  const cache = createMetricCache(workspace);
  const ask = (more: object = {}) =>
    CurvesFrame.fromAnswer(
      runCurves(contextOf(workspace), cache, {
        run: runId,
        scope: 'step',
        names: ['loss', 'not there'],
        points: 10,
        smoothing: 0,
        ...more,
      }),
    );
  const whole = await ask();
  expect(whole.header).toMatchObject({ names: ['loss'], rows: 100, from: 1, to: 100 });
  expect(whole.columns.index[9]).toBe(100);
  expect(whole.columns.mean[0]?.[0]).toBe(5.5);
  expect([whole.columns.min[0]?.[9], whole.columns.max[0]?.[9]]).toEqual([91, 100]);

  const part = await ask({ from: 41, to: 45 });
  expect(Array.from(part.columns.mean[0]!)).toEqual([41, 42, 43, 44, 45]);
  const before = await ask({ smoothing: 0.9, points: 200 });
  expect(before.columns.mean[0]).toHaveLength(100);
  addSteps(workspace, runId, 101, 110);
  expect((await ask()).header.rows).toBe(110);
  const after = await ask({ smoothing: 0.9, points: 200 });
  const { smooth } = movingAverage(
    Float64Array.from({ length: 110 }, (_, row) => row + 1),
    0.9,
  );
  expect(after.columns.mean[0]).toEqual(smooth);
});

test('rows that another attempt repeats replace the removed ones', async () => {
  const workspace = newWorkspace();
  const runId = newRun(workspace);
  workspace.metrics.declare(runId, 'step', ['loss', 'gradientNorm']);
  addSteps(workspace, runId, 1, 10);
  const cache = createMetricCache(workspace);
  expect(cache.rows(runId, 'step').columns.get('loss')?.at(-1)).toBe(10);
  workspace.metrics.truncateAfter(runId, { step: 5, epoch: 0 });
  workspace.runs.update(runId, { attempts: 2 });
  addSteps(workspace, runId, 6, 10, 7);
  expect(cache.rows(runId, 'step').columns.get('loss')?.at(-1)).toBe(70);
});

test('many rows are read in pieces with other calls between, and are the same', async () => {
  const workspace = newWorkspace();
  const runId = newRun(workspace);
  workspace.metrics.declare(runId, 'step', ['loss', 'gradientNorm']);
  const rows = 3 * rowsAtOnce(2) + 5;
  addSteps(workspace, runId, 1, rows);
  // Each piece takes long by this clock, however fast the machine is.
  let clock = 0;
  const slowly = vi.spyOn(performance, 'now').mockImplementation(() => (clock += 10));
  onTestFinished(() => slowly.mockRestore());
  let turns = 0;
  const whileIn = async <T>(work: Promise<T>): Promise<T> => {
    let isDone = false;
    const turn = (): void => {
      turns += 1;
      if (!isDone) setImmediate(turn);
    };
    turns = 0;
    setImmediate(turn);
    return work.finally(() => {
      isDone = true;
    });
  };
  const wanted = { run: runId, scope: 'step', after: 7 } as const;
  const { columns } = await whileIn(readRows(workspace, wanted));
  expect(columns).toEqual(workspace.metrics.read(runId, 'step', { after: 7 }).columns);
  expect(turns).toBeGreaterThanOrEqual(2);
  const cache = createMetricCache(workspace);
  await whileIn(cache.load(runId, 'step'));
  expect(turns).toBeGreaterThanOrEqual(2);
  expect(cache.rows(runId, 'step').columns.get('loss')).toHaveLength(rows);
  expect(workspace.metrics.read(runId, 'step', { after: 2, most: 3 }).columns.index).toEqual(
    Int32Array.of(3, 4, 5),
  );
});

test('rows of other runs are kept up to a number of bytes; those asked for last always', () => {
  const names = Array.from({ length: 40 }, (_, index) => `metric ${index}`);
  const rows = 100_000;
  const index = Int32Array.from({ length: rows }, (_, row) => row + 1);
  const values = names.map(() => new Float64Array(rows));
  const reads: number[] = [];
  const store = {
    runs: { trained: () => ({ attempts: 1 }) },
    metrics: {
      lastIndex: () => rows,
      read: (run: number) => {
        reads.push(run);
        return { header: { names }, columns: { index, values } };
      },
    },
  } as unknown as Workspace;
  const cache = createMetricCache(store);
  for (const run of [1, 2, 2, 3, 2, 1]) cache.rows(run as RunId, 'step');
  expect(reads).toEqual([1, 2, 3, 1]);
});

test('a series between two times keeps a row to either side', async () => {
  const workspace = newWorkspace();
  importData(workspace, 'data', { rows: 40 });
  const views = createDatasetViews(contextOf(workspace));
  const hour = 3_600_000_000;
  const frame = await ChartFrame.fromAnswer(
    await views.chart(
      { dataset: 'data', columns: ['close'], fromUs: 10 * hour, toUs: 13 * hour, points: 100 },
      undefined,
    ),
  );
  expect(Array.from(frame.columns.time, (us) => us / hour)).toEqual([9, 10, 11, 12, 13, 14]);
  expect(frame.columns.mean[0]?.[1]).toBeCloseTo(10 / 3, 12);
  expect(frame.columns.mean[0]?.[0]).toBeNaN();
  expect(frame.header).toMatchObject({ allRows: 40, rows: 6, whole: true });
  const [close] = await views.statistics({ dataset: 'data' }, undefined);
  expect(close).toMatchObject({ name: 'close', count: 32, missing: 8, min: 0 });
  const unknown = views.statistics({ dataset: 'data', series: 'x' }, undefined);
  await expect(unknown).rejects.toThrow('has no series "x"');
});

test('a series too long for the host is charted in a worker process, as the host would', async () => {
  const workspace = newWorkspace();
  importData(workspace, 'data', { rows: 150_000 });
  const asked: string[] = [];
  const runJob: EngineContext['runJob'] = (name, input, options) => {
    asked.push(name);
    return runJobHere(name, input, options);
  };
  const views = createDatasetViews({ workspace, runJob } as unknown as EngineContext);
  const chart = async (points: number) =>
    ChartFrame.fromAnswer(await views.chart({ dataset: 'data', columns: ['close'], points }, undefined));
  const frame = await chart(10);
  expect(asked).toEqual(['chart']);
  expect(frame.header).toMatchObject({ series: 'all', allRows: 150_000, rows: 150_000, whole: false });
  // Of five rows the first four are known; the mean of those of the bucket is 7,499.
  expect(frame.columns.mean[0]?.[0]).toBeCloseTo(7_499 / 3, 9);
  expect([frame.columns.min[0]?.[0], frame.columns.max[0]?.[9]]).toEqual([0, 149_998 / 3]);
});

test('rows by a filter, from a time on, and a page further', async () => {
  const workspace = newWorkspace();
  importData(workspace, 'data', { rows: 40 });
  const views = createDatasetViews(contextOf(workspace));
  const rows = (more: object) =>
    views.rows({ dataset: 'data', filter: '', from: 0, count: 3, ...more }, undefined);
  const hour = 3_600_000_000;
  const jumped = await rows({ fromUs: 9.5 * hour });
  expect(jumped).toMatchObject({ matching: 40, from: 10 });
  expect(jumped.rows.map(({ row, timeUs }) => [row, timeUs / hour])).toEqual([10, 11, 12].map((i) => [i, i]));
  const missing = await rows({ filter: 'close is missing', from: 3 });
  expect(missing).toMatchObject({ matching: 8, from: 3 });
  expect(missing.rows.map(({ row, cells }) => [row, cells[0]])).toEqual([19, 24, 29].map((i) => [i, null]));
  expect(await rows({ filter: 'close > 9 and close < 9' })).toMatchObject({ matching: 0, rows: [] });
  await expect(rows({ filter: 'open > 1' })).rejects.toThrow('names the column "open"');
});

test('the profile of a series is one HTML file that loads nothing', async () => {
  const workspace = newWorkspace();
  importData(workspace, 'data', { rows: 200 });
  const views = createDatasetViews(contextOf(workspace));
  const html = await (await profileOf({ workspace, views }, { dataset: 'data' }, undefined)).text();
  for (const title of ['Statistics', 'Over time', 'Autocorrelation', 'Trend and season', 'By hour'])
    expect(html).toContain(`<h2>${title}`);
  expect(html).not.toMatch(/<script|src=|href=|NaN|undefined/);
});

test('rows that were set aside are a CSV file, from the report or from all that was kept', async () => {
  const workspace = newWorkspace();
  const aside = { line: 7, column: null, reason: 'has 3 fields', raw: 'a,"b"' };
  const store = (name: string, rows: number, more: object) => {
    const { described, chunks } = importMessages({ rows });
    const report = { ...described.report, rowsSetAside: 1, setAside: [aside] };
    const writer = workspace.datasets.beginImport({ name, atMs: 1 });
    feed(writer, { described: { ...described, report, ...more }, chunks });
    writer.finish(1);
  };
  store('few', 10, {});
  store('many', 11, { setAsideRows: new Uint8Array(gzipSync('line\n1\n2\n')) });
  const text = async (dataset: string) => (await setAsideRows(contextOf(workspace), { dataset })).text();
  expect(await text('few')).toBe('line,column,reason,raw\n7,"","has 3 fields","a,""b"""\n');
  expect(await text('many')).toBe('line\n1\n2\n');
});

test('an analysis names the columns that it reads, and a zone that is none', async () => {
  const workspace = newWorkspace();
  importData(workspace, 'data', { rows: 40 });
  const views = createDatasetViews(contextOf(workspace));
  const explore = (more: object) =>
    views.explore({ dataset: 'data', analysis: 'profiles', options: {}, ...more }, undefined);
  await expect(explore({ columns: ['none'] })).rejects.toThrow('is none of the columns of numbers');
  await expect(explore({ options: { timeZone: 'Moon/Sea' } })).rejects.toThrow('no time zone "Moon/Sea"');
  const [utc, tokyo] = [await explore({}), await explore({ options: { timeZone: 'Asia/Tokyo' } })];
  expect(utc.profiles![0]!.profiles[0]!.mean).not.toEqual(tokyo.profiles![0]!.profiles[0]!.mean);
});

test('more values than one answer holds are refused before they are read', async () => {
  const workspace = newWorkspace();
  importData(workspace, 'data', { rows: 400_000 });
  const values = (more: object) =>
    datasetValues(contextOf(workspace), { dataset: 'data', fromRow: 0, ...more });
  expect(() => values({})).toThrow('400,000 rows by 3 columns');
  expect(() => values({})).toThrow('up to 333,333 rows at a time');
  const rowsOf = async (more: object) => (await ValuesFrame.fromAnswer(values(more))).columns.time.length;
  expect(await rowsOf({ rows: 10 })).toBe(10);
  expect(await rowsOf({ fromRow: 399_990 })).toBe(10);
  expect(await rowsOf({ columns: ['close'] })).toBe(400_000);
});

test('a draft is checked against its data, and an error names its field', async () => {
  const workspace = newWorkspace();
  importData(workspace, 'data', { rows: 200 });
  const draft = {
    name: 'draft',
    dataset: { name: 'data' },
    task: { kind: 'forecast', targets: ['close'], lookback: 6, horizon: 3 },
    model: { kind: 'lstm', units: 4 },
  };
  const check = (changes: object) =>
    checkExperiment(contextOf(workspace), { ...draft, ...changes }, undefined);
  const good = await check({});
  expect(good).toMatchObject({ usable: true, issues: [] });
  // Kernel 1 x 16, recurrent 4 x 16, bias 16; head 4 x 3 and 3.
  expect(good.estimate).toMatchObject({ parameterCount: 16 + 64 + 16 + 12 + 3, judgedBy: 0 });
  expect(good.estimate?.seconds).toBeGreaterThan(0);
  const wider = await check({ model: { kind: 'lstm', units: 8 } });
  expect(wider.estimate?.parameterCount).toBe(8 * 4 * (1 + 8 + 1) + 8 * 3 + 3);
  // Each draft is judged by its own data, whatever was prepared for the one before.
  const shorter = await check({ split: { kind: 'fraction', train: 0.4, validation: 0.2 } });
  expect(shorter.estimate?.stepsPerEpoch).toBeLessThan(good.estimate?.stepsPerEpoch ?? 0);
  expect((await check({})).estimate).toEqual(good.estimate);
  importData(workspace, 'data', { rows: 90 });
  expect((await check({})).estimate?.stepsPerEpoch).toBeLessThan(good.estimate?.stepsPerEpoch ?? 0);

  const fieldOf = async (changes: object) => (await check(changes)).issues.map(({ field }) => field);
  expect(await fieldOf({ task: { ...draft.task, horizon: 0 } })).toEqual(['task.horizon']);
  // All else keeps what it is, or its default.
  const faulty = await check({ training: { batchSize: 0, epochs: 3 } });
  expect(faulty.issues.map(({ field }) => field)).toEqual(['training.batchSize']);
  const { task, training } = faulty.experiment ?? expect.unreachable();
  expect([asForecastTask(task).lookback, task.loss, training.epochs]).toEqual([
    6,
    good.experiment?.task.loss,
    3,
  ]);
  expect(training.batchSize).toBe(good.experiment?.training.batchSize);
  expect(await fieldOf({ task: { ...draft.task, targets: ['nope'] } })).toEqual(['task.targets']);
  const mixed = { ...draft.task, features: ['close', 'kind'] };
  const alone = { kind: 'lstm', units: 4, channelIndependent: true };
  expect(await fieldOf({ task: mixed, model: alone })).toEqual(['model.channelIndependent']);
  expect(await fieldOf({ dataset: { name: 'other' } })).toEqual(['dataset.name']);
  expect(await fieldOf({ task: { ...draft.task, lookback: 85 } })).toEqual(['task.lookback']);
  // Too large for the kernels' memory on any machine; a training process would refuse it with the same sentence.
  const large = await check({ model: { kind: 'lstm', units: 4096, layers: 16 } });
  expect(large).toMatchObject({ usable: false, estimate: null, issues: [{ field: 'model' }] });
  expect(large.issues[0]?.message).toMatch(
    /needs about \d+\.\d GB of memory \(2,\d{3},\d{3},\d{3} parameters/,
  );
});

test('tags and notes are kept, replaced, and go with their run', () => {
  const workspace = newWorkspace();
  const runId = newRun(workspace);
  workspace.labels.set({ runId, tags: ['a', 'b'], note: 'first' });
  workspace.labels.set({ runId, tags: ['c'], note: '' });
  expect(workspace.labels.list()).toEqual([{ runId, tags: ['c'], note: '' }]);
  workspace.labels.set({ runId, tags: [], note: '' });
  expect(workspace.labels.list()).toEqual([]);
  workspace.labels.set({ runId, tags: ['d'], note: 'x' });
  workspace.runs.delete(runId);
  expect(workspace.labels.list()).toEqual([]);
});

test('a copy is a whole workspace, and what is written while it is made lets it be whole', async () => {
  const workspace = newWorkspace();
  importData(workspace, 'data', { rows: 9_000 });
  const runId = newRun(workspace);
  workspace.metrics.declare(runId, 'step', ['loss', 'gradientNorm']);
  const path = join(temporaryFolder(), 'copy.hindcast');
  const made = workspace.copyTo(path);
  addSteps(workspace, runId, 1, 500);
  await made;
  const copy = openTest(path, { create: false });
  expect(copy.runs.listText()).toBe(workspace.runs.listText());
  expect(copy.datasets.readValues(copy.datasets.detail('data').versionId, { fromRow: 0 })).toEqual(
    workspace.datasets.readValues(workspace.datasets.detail('data').versionId, { fromRow: 0 }),
  );
  copy.checkIntegrity();
  copy.close();
  await expect(workspace.copyTo(path)).rejects.toMatchObject({ code: 'conflict' });
  const nowhere = join(path, 'below a file', 'copy.hindcast');
  await expect(workspace.copyTo(nowhere)).rejects.toBeInstanceOf(HindcastError);
});
