// Trains the preset `published-ltsf` as a user does, with several seeds for each horizon, and prints its test scores beside the target.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { RunDetail } from '../../../engine/contract/run.ts';
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

export function trainModels(wanted: TrainedCase): void {
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-ltsf-'));
  try {
    hindcast(folder, ['import', resolve(wanted.path), '--name', wanted.name]);
    console.log('\npreset published-ltsf, all windows');
    for (const model of wanted.models)
      for (const horizon of wanted.horizons) trainCase(folder, wanted, { model, horizon });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Case {
  readonly model: string;
  readonly horizon: number;
}

function trainCase(
  folder: string,
  { name, channels, seeds, changes }: TrainedCase,
  { model, horizon }: Case,
): void {
  const file = join(folder, 'experiment.json');
  const task = { kind: 'forecast', targets: channels, horizon };
  writeFileSync(file, JSON.stringify({ name, dataset: { name }, task, model: { kind: model } }));
  const set = changes.flatMap((change) => ['--set', change]);
  const found = Array.from({ length: seeds }, (_, index) => {
    const startedAt = performance.now();
    const seed = String(index + 1);
    const { id } = hindcast(folder, [
      'train',
      file,
      '--preset',
      'published-ltsf',
      '--seed',
      seed,
      ...set,
    ]) as {
      readonly id: number;
    };
    const run = hindcast(folder, ['show', String(id)]) as RunDetail;
    const scores = { mse: testScore(run, 'mse'), mae: testScore(run, 'mae') };
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
    console.log(
      `  ${model} H ${horizon} seed ${seed}: ${scores.mse.toFixed(3)}/${scores.mae.toFixed(3)}  ${seconds} s`,
    );
    return scores;
  });
  const mean = found.reduce((sum, { mse }) => sum + mse / found.length, 0);
  const target = name.toLowerCase() === 'etth1' ? TARGETS[horizon] : undefined;
  const remark = target === undefined ? '' : `, target ${target} ${mean <= target ? 'met' : 'NOT met'}`;
  const [mse, mae] = [found.map((one) => one.mse), found.map((one) => one.mae)];
  console.log(`${model} H ${horizon}: MSE ${meanText(mse, 3)}, MAE ${meanText(mae, 3)}${remark}`);
}

const testScore = ({ scores }: RunDetail, metric: string): number =>
  scores.find(
    (one) => one.part === 'test' && one.subject === 'model' && one.target === null && one.metric === metric,
  )?.value ?? Number.NaN;
