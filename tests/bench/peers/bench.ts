// `npm run bench -- peers FILE`: one experiment from the file to the score, by Hindcast's command line and as a PyTorch script: wall and CPU
// time, and the test error that each reached.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { RunDetail } from '../../../engine/contract/run.ts';
import { readArguments, refuse } from '../options.ts';
import { findTorch, torchName } from '../training/pytorch.ts';
import { type Measured, timed } from './timed.ts';

const USAGE = `usage: npm run bench -- peers FILE [options]

One experiment end to end, from the file to the test error: Hindcast beside PyTorch (interpreters: HINDCAST_BENCH_PYTHON, python3).
FILE: ETTh1.csv, or a CSV with a column of that name and as many rows.
--target COLUMN  default OT
--epochs N       default 5
--repeats N      of each; the fastest counts; default 3`;

const OPTIONS = {
  target: { type: 'string', default: 'OT' },
  epochs: { type: 'string', default: '5' },
  repeats: { type: 'string', default: '3' },
} as const;

const RATIO = 3;
const PROGRAM = join(import.meta.dirname, '../../../bin/hindcast.js');
const SCRIPT = join(import.meta.dirname, 'pytorch.py');

export function bench(args: readonly string[]): Promise<void> {
  const { values, positionals } = readArguments(args, OPTIONS, USAGE);
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) return refuse('peers takes one file.', USAGE);
  const [epochs, repeats] = [values.epochs, values.repeats].map(Number);
  if (!(epochs! > 0 && repeats! > 0)) return refuse('--epochs and --repeats take a number.', USAGE);
  const settings = { ...SETTINGS, target: values.target, epochs: epochs! };
  const ours = bestOf(repeats!, () => runHindcast(resolve(file), settings));
  print('Hindcast', ours, null);
  const torch = findTorch();
  if (torch.length === 0) console.log('  no interpreter has PyTorch: set HINDCAST_BENCH_PYTHON');
  for (const found of torch) {
    for (const threads of availableParallelism() > 1 ? [1, 2] : [1]) {
      const theirs = bestOf(repeats!, () => {
        const request = [SCRIPT, resolve(file), String(threads), JSON.stringify(settings)];
        const { measured, stdout } = timed(found.python, request);
        return { ...measured, mse: (JSON.parse(stdout) as { readonly mse: number }).mse };
      });
      print(`${torchName(found)}, ${threads} thread${threads > 1 ? 's' : ''}`, theirs, ours);
    }
  }
  return Promise.resolve();
}

const SETTINGS = {
  lookback: 96,
  horizon: 24,
  units: 32,
  batchSize: 32,
  learningRate: 0.001,
  train: 8_640,
  validation: 2_880,
  test: 2_880,
};
type Settings = typeof SETTINGS & { readonly target: string; readonly epochs: number };

interface Result extends Measured {
  /** Of standardized values. */
  readonly mse: number;
}

/** The repeat with the least wall time. */
const bestOf = (repeats: number, run: () => Result): Result =>
  Array.from({ length: repeats }, run).reduce((best, one) => (one.wallS < best.wallS ? one : best));

function runHindcast(file: string, settings: Settings): Result {
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-peers-'));
  try {
    const workspace = ['--workspace', join(folder, 'w.hindcast'), '--json'];
    const experiment = join(folder, 'experiment.json');
    writeFileSync(experiment, JSON.stringify(experimentOf(settings)));
    const imported = timed(process.execPath, [PROGRAM, 'import', file, '--name', 'peers', ...workspace]);
    const trained = timed(process.execPath, [PROGRAM, 'train', experiment, ...workspace]);
    const shown = spawnSync(process.execPath, [PROGRAM, 'show', '1', ...workspace], { encoding: 'utf8' });
    const { scores } = JSON.parse(shown.stdout) as RunDetail;
    const mse =
      scores.find(({ part, subject }) => part === 'test' && subject === 'model')?.value ?? Number.NaN;
    return {
      wallS: imported.measured.wallS + trained.measured.wallS,
      cpuS: imported.measured.cpuS + trained.measured.cpuS,
      mse,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const experimentOf = ({
  target,
  lookback,
  horizon,
  units,
  epochs,
  batchSize,
  learningRate,
  ...split
}: Settings) => ({
  name: 'peers',
  dataset: { name: 'peers' },
  task: { kind: 'forecast', targets: [target], lookback, horizon, metrics: ['mse'] },
  split: { kind: 'count', ...split },
  pipeline: [{ step: 'standardize' }, { step: 'subtract-last' }],
  model: { kind: 'gru', units },
  training: {
    epochs,
    batchSize,
    optimizer: { kind: 'adam', learningRate },
    earlyStopping: null,
    probe: false,
  },
  evaluation: { scale: 'standardized' },
});

function print(name: string, { wallS, cpuS, mse }: Result, ours: Result | null): void {
  const line = `  ${name.padEnd(34)} wall ${wallS.toFixed(1).padStart(6)} s   CPU ${cpuS.toFixed(1).padStart(6)} s   test MSE ${mse.toFixed(4)}`;
  const ratio = ours === null ? null : wallS / ours.wallS;
  const remark =
    ratio === null
      ? ''
      : `   ${ratio.toFixed(2)}x our wall time (target ${RATIO}) ${ratio >= RATIO ? 'met' : 'NOT met'}`;
  console.log(line + remark);
}
