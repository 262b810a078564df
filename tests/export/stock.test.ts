// Every model and pipeline, each exported into a folder and run by one process that has stock TensorFlow.js alone.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ForecastFrame } from '../../engine/contract/results/forecast.ts';
import type { Series } from '../../engine/data/series.ts';
import { exportTfjs, type TfjsExport } from '../../engine/export/tfjs/export-tfjs.ts';
import { modelFiles } from '../../engine/export/tfjs/files.ts';
import { largestDifference, TOLERANCE } from '../../engine/export/tfjs/verification.ts';
import { readExported } from '../../engine/hosts/trainer/exported-model/read-exported.ts';
import { forecastExported } from '../../engine/hosts/trainer/jobs/forecast-exported.ts';
import { predict } from '../../engine/hosts/trainer/predict.ts';
import { encodeWeights } from '../../engine/training/weights.ts';
import { ABOUT } from './about.ts';
import { EXPORT_CASES } from './cases.ts';
import { experimentWith, type MadeSource, sourceOf } from './source.ts';

const root = mkdtempSync(join(tmpdir(), 'hindcast-export-'));
afterAll(() => rmSync(root, { recursive: true }));

const CHECKED = [0, 33, 66, 99];
const EARLIER = 5;

interface Exported {
  readonly source: MadeSource;
  readonly made: TfjsExport;
}
const exported: Exported[] = [];
let answers: Record<string, number[][][]> = {};
const warnings: unknown[] = [];

beforeAll(async () => {
  vi.spyOn(console, 'warn').mockImplementation((...said) => void warnings.push(said));
  const folders: Record<string, object[]> = {};
  for (const [at, { changes, series }] of EXPORT_CASES.entries()) {
    const source = await sourceOf(experimentWith(changes), series);
    const made = await exportTfjs(source);
    exported.push({ source, made });
    mkdirSync(join(root, String(at)));
    for (const { name, data } of modelFiles(source, made, ABOUT))
      writeFileSync(join(root, String(at), name), data);
    folders[at] = CHECKED.map((window) => rawWindow(source, window));
  }
  answers = forecastInStockProcess(folders);
});

/** Raw values of the look-back, and some before it to fill from; what is missing becomes null. */
function rawWindow({ series, windows, shape }: MadeSource, window: number): object {
  const { name, columns } = series[windows.series[window]!] as Series;
  const end = windows.origin[window]! + 1;
  const values = columns.map((column) => {
    const raw = [...column.values.slice(end - shape.lookback - EARLIER, end)];
    return [column.name, column.kind === 'category' ? raw.map((code) => column.categories[code]) : raw];
  });
  return { series: name, columns: Object.fromEntries(values) };
}

function forecastInStockProcess(folders: Record<string, object[]>): Record<string, number[][][]> {
  const script = join(import.meta.dirname, 'stock-process.mjs');
  const input = JSON.stringify({ root, folders });
  const { stdout, stderr, status } = spawnSync(process.execPath, [script], { input, encoding: 'utf8' });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return JSON.parse(stdout);
}

describe('stock TensorFlow.js forecasts the same', () => {
  it.each(EXPORT_CASES.map(({ name, units }, at) => ({ name, units, at })))('$name', ({ units, at }) => {
    const { source, made } = exported[at]!;
    const { prepared, windows, shape, levels } = source;
    expect(made.units).toBe(units);
    expect(made.whyModelUnits === null).toBe(units === 'data');
    expect(windows.count).toBe(100);
    expect(made.largestDifference).toBeLessThan(TOLERANCE);
    expect(made.largestDifference).toBeGreaterThan(0);
    const answer = answers[at]!;
    expect([answer.length, answer[0]!.length, answer[0]![0]!.length]).toEqual([
      CHECKED.length,
      shape.horizon,
      shape.targets * (levels?.length ?? 1),
    ]);
    const cells = shape.horizon * shape.targets;
    const chosen = {
      count: CHECKED.length,
      series: Int32Array.from(CHECKED, (window) => windows.series[window]!),
      origin: Int32Array.from(CHECKED, (window) => windows.origin[window]!),
    };
    source.forecasts.forEach((forecasts, column) => {
      const values = Float32Array.from(
        CHECKED.flatMap((window) => [...forecasts.slice(window * cells, (window + 1) * cells)]),
      );
      const ours = prepared.toOriginal(windows, Int32Array.from(CHECKED), values);
      const theirs = answer.flat(2).filter((_, at) => at % source.forecasts.length === column);
      expect(largestDifference(prepared, chosen, theirs, ours)).toBeLessThan(TOLERANCE);
    });
    expect(source.forecasts).toHaveLength(levels?.length ?? 1);
  });
});

describe('Hindcast forecasts new data with the folder as with the run', () => {
  it.each(EXPORT_CASES.map(({ name }, at) => ({ name, at })))('$name', async ({ at }) => {
    const { source } = exported[at]!;
    const { experiment, fitted, weights, prepared } = source;
    // What came before the test part's end, so that the last rows are others than those of the check.
    const series = source.series.map((one) => headOf(one, 200));
    const ofRun = await predict(
      {
        workspacePath: '',
        datasetVersionId: 0,
        experiment,
        model: { fitted, weights: encodeWeights(weights) },
        part: 'future',
        series,
        threads: 1,
      },
      () => Promise.reject(new Error('new data need no workspace')),
    ).then(ForecastFrame.decode);
    const files = await readExported(join(root, String(at)));
    const ofFolder = ForecastFrame.decode(await forecastExported({ files, series, progress() {} }));
    expect(ofFolder.header).toEqual(ofRun.header);
    expect(ofFolder.columns.time).toEqual(ofRun.columns.time);
    const count = series.length;
    const windows = {
      count,
      series: Int32Array.from({ length: count }, (_, index) => index),
      origin: new Int32Array(count),
    };
    expect(ofFolder.columns.quantile).toHaveLength(source.levels?.length ?? 0);
    const columnsOf = ({ columns }: ForecastFrame) => [columns.forecast, ...columns.quantile];
    columnsOf(ofFolder).forEach((values, at) => {
      const difference = largestDifference(prepared, windows, values, columnsOf(ofRun)[at]!);
      expect(difference).toBeLessThan(TOLERANCE);
    });
  });
});

function headOf({ name, times, columns }: Series, rows: number): Series {
  return {
    name,
    times: times.slice(0, rows),
    columns: columns.map((column) => ({ ...column, values: column.values.slice(0, rows) })),
  };
}

it('makes no noise', () => {
  expect(warnings).toEqual([]);
});
