// Trains the preset `published-ltsf` as a user does, with several seeds for each horizon, and prints its test scores beside the targets.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { RunDetail } from '../../../engine/contract/runs/run.ts';
import { hindcast, meanText } from '../hindcast.ts';

export interface TrainedCase {
  readonly path: string;
  /** Of the data set. */
  readonly name: string;
  readonly channels: readonly string[];
  readonly models: readonly string[];
  readonly horizons: readonly number[];
  readonly seeds: number;
  readonly changes: readonly string[];
}

/** MSE of ETTh1 that no row of the printed tables goes below, by horizon. */
const TARGETS: Readonly<Record<number, number>> = { 24: 0.29, 96: 0.37, 336: 0.43, 720: 0.44 };

export interface TrainedRun {
  readonly mse: number;
  readonly mae: number;
  /** On the validation part, which alone may choose settings. */
  readonly validationMse: number;
  readonly minutes: number;
}

export interface TrainedRow {
  readonly model: string;
  readonly horizon: number;
  /** By seed, from 1. */
  readonly runs: readonly TrainedRun[];
}

export function trainModels(wanted: TrainedCase): void {
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-ltsf-'));
  try {
    hindcast(folder, ['import', resolve(wanted.path), '--name', wanted.name]);
    console.log('\npreset published-ltsf, all windows');
    const rows = wanted.models.flatMap((model) =>
      wanted.horizons.map((horizon) => ({
        model,
        horizon,
        runs: trainCase(folder, wanted, { model, horizon }),
      })),
    );
    console.log(`\n${tableOf(rows, wanted.name)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function trainCase(
  folder: string,
  { name, channels, seeds, changes }: TrainedCase,
  { model, horizon }: Pick<TrainedRow, 'model' | 'horizon'>,
): TrainedRun[] {
  const file = join(folder, 'experiment.json');
  const task = { kind: 'forecast', targets: channels, horizon };
  writeFileSync(file, JSON.stringify({ name, dataset: { name }, task, model: { kind: model } }));
  const set = changes.flatMap((change) => ['--set', change]);
  return Array.from({ length: seeds }, (_, index) => {
    const seed = String(index + 1);
    const startedAt = performance.now();
    const command = ['train', file, '--preset', 'published-ltsf', '--seed', seed, ...set];
    const run = hindcast(folder, command) as RunDetail;
    const found = {
      mse: scoreOf(run, 'test', 'mse'),
      mae: scoreOf(run, 'test', 'mae'),
      validationMse: scoreOf(run, 'validation', 'mse'),
      minutes: (performance.now() - startedAt) / 60_000,
    };
    const { mse, mae, minutes } = found;
    console.log(
      `  ${model} H ${horizon} seed ${seed}: ${mse.toFixed(3)}/${mae.toFixed(3)}  ${minutes.toFixed(1)} min`,
    );
    return found;
  });
}

/** In Markdown. */
export function tableOf(rows: readonly TrainedRow[], name: string): string {
  const lines = rows.map(({ model, horizon, runs }) => {
    const mean = runs.reduce((sum, { mse }) => sum + mse / runs.length, 0);
    const target = name.toLowerCase() === 'etth1' ? TARGETS[horizon] : undefined;
    const cells = [
      model,
      horizon,
      meanText(
        runs.map(({ mse }) => mse),
        3,
      ),
      meanText(
        runs.map(({ mae }) => mae),
        3,
      ),
      meanText(
        runs.map(({ validationMse }) => validationMse),
        3,
      ),
      (runs.reduce((sum, { minutes }) => sum + minutes, 0) / runs.length).toFixed(1),
      target === undefined ? '' : `${target} ${mean <= target ? 'met' : 'missed'}`,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '| model | horizon | test MSE | test MAE | validation MSE | minutes a run | target of the MSE |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...lines,
  ].join('\n');
}

const scoreOf = ({ scores }: RunDetail, part: 'test' | 'validation', metric: string): number =>
  scores.find(
    (one) => one.part === part && one.subject === 'model' && one.target === null && one.metric === metric,
  )?.value ?? Number.NaN;
