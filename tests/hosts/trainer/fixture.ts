// A workspace with one daily series, and a real training process with the test as its host.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Experiment, ExperimentSchema } from '../../../engine/contract/experiment/experiment.ts';
import { JOB_KINDS, type Jobs } from '../../../engine/contract/processes/jobs/table.ts';
import type { FromTrainer, ToTrainer } from '../../../engine/contract/processes/trainer.ts';
import { workerEntry } from '../../../engine/hosts/node/paths.ts';
import { startNodeWorker } from '../../../engine/hosts/node/worker-process.ts';
import { createJobPool, type RunJob } from '../../../engine/services/processes/job-pool.ts';
import type { WorkerExit } from '../../../engine/services/processes/worker.ts';
import { openWorkspace } from '../../../engine/store/workspace.ts';
import { noisySine } from '../../training/toy.ts';

export interface TestDataset {
  readonly workspacePath: string;
  readonly datasetVersionId: number;
  readonly values: Float64Array;
}

const DAY_US = 86_400_000_000;

/** The dataset `waves`, column `x`: a weekly wave with noise around 50, every 40th value missing. */
export function createDataset(rows = 300): TestDataset {
  const folder = mkdtempSync(join(tmpdir(), 'hindcast trainer '));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const workspacePath = join(folder, 'test.hindcast');
  const wave = noisySine(rows, 7, 0.5);
  const values = Float64Array.from(wave, (value, row) => (row % 40 === 39 ? Number.NaN : 50 + 10 * value));
  const workspace = openWorkspace(workspacePath, { create: true, now: () => 0 });
  const writer = workspace.datasets.beginImport({ name: 'waves', atMs: 0 });
  const missing = Math.floor(rows / 40);
  writer.describe({
    type: 'described',
    recipe: {
      source: { path: 'waves.csv', bytes: 0, sha256: '', sample: null },
      delimiter: ',',
      layout: 'wide',
      timeColumn: 'day',
      timeFormat: 'detected',
      timeZone: 'UTC',
      seriesColumn: null,
    },
    report: { rowsRead: rows, rowsKept: rows, rowsSetAside: 0, setAside: [], notes: [] },
    series: [
      {
        name: 'waves',
        rows,
        startUs: 0,
        endUs: (rows - 1) * DAY_US,
        stepUs: DAY_US,
        frequency: '1 day',
        columns: [{ name: 'x', kind: 'numeric', missing, min: 0, max: 100, mean: 50, categories: null }],
      },
    ],
    columns: [{ name: 'x', kind: 'numeric' }],
    chunks: 2,
  });
  const times = BigInt64Array.from({ length: rows }, (_, row) => BigInt(row * DAY_US));
  const chunk = { type: 'chunk', series: 0, position: 0, rows } as const;
  writer.chunk({ ...chunk, chunk: 1, column: -1, encoding: 'time-i64', data: new Uint8Array(times.buffer) });
  writer.chunk({ ...chunk, chunk: 2, column: 0, encoding: 'numeric-f64', data: numericBytes(values) });
  const { dataset } = writer.finish(0);
  workspace.close();
  return { workspacePath, datasetVersionId: dataset.versionId, values };
}

/** Values, 0 where missing, then the validity bitmap. */
function numericBytes(values: Float64Array): Uint8Array {
  const bytes = new Uint8Array(values.length * 8 + Math.ceil(values.length / 8));
  bytes.set(new Uint8Array(values.map((value) => (Number.isNaN(value) ? 0 : value)).buffer));
  for (const [row, value] of values.entries()) {
    if (!Number.isNaN(value)) bytes[values.length * 8 + (row >> 3)]! |= 1 << (row & 7);
  }
  return bytes;
}

export function testExperiment(changes: object = {}): Experiment {
  return ExperimentSchema.parse({
    name: 'test',
    dataset: { name: 'waves' },
    task: { kind: 'forecast', targets: ['x'], lookback: 14, horizon: 3 },
    model: { kind: 'lstm', units: 6 },
    training: { epochs: 4, batchSize: 16, optimizer: { kind: 'adam', learningRate: 0.02 } },
    ...changes,
  });
}

type Numbered = Extract<FromTrainer, { message: number }>;
type MessageOf<Type extends FromTrainer['type']> = Extract<FromTrainer, { type: Type }>;

export interface TrainerProcess {
  readonly pid: number;
  post(message: ToTrainer): void;
  readonly messages: FromTrainer[];
  readonly exited: Promise<WorkerExit>;
  /** The first message of this kind, now or later; fails where the process ends without one. */
  next<Type extends FromTrainer['type']>(type: Type): Promise<MessageOf<Type>>;
  kill(): void;
}

export interface ProcessOptions {
  /** Default: the source of the trainer. */
  readonly entry?: string;
  /** Called with every message; the default acknowledges the numbered ones. */
  readonly onMessage?: (message: FromTrainer, process: TrainerProcess) => void;
}

export function acknowledge(message: FromTrainer, process: TrainerProcess): void {
  if ('message' in message) process.post({ type: 'stored', message: message.message });
}

export function startTrainer(options: ProcessOptions = {}): TrainerProcess {
  const { onMessage = acknowledge, entry = workerEntry('trainer') } = options;
  let stderr = '';
  const worker = startNodeWorker<ToTrainer, FromTrainer>(entry, (text) => {
    stderr += text;
  });
  onTestFinished(() => worker.kill());
  const messages: FromTrainer[] = [];
  const waiting: (() => void)[] = [];
  const trainer: TrainerProcess = {
    pid: worker.pid!,
    post: worker.post,
    messages,
    exited: worker.exited,
    async next<Type extends FromTrainer['type']>(type: Type) {
      for (;;) {
        const found = messages.find((message): message is MessageOf<Type> => message.type === type);
        if (found) return found;
        const change = new Promise<'message'>((resolve) => waiting.push(() => resolve('message')));
        const seen = await Promise.race([change, worker.exited]);
        if (seen !== 'message' && !messages.some((message) => message.type === type)) {
          throw new Error(
            `the process ended (${JSON.stringify(seen)}) without ${type}: ${JSON.stringify(messages.at(-1))} ${stderr}`,
          );
        }
      }
    },
    kill: worker.kill,
  };
  worker.onMessage((message) => {
    messages.push(message);
    onMessage(message, trainer);
    for (const wake of waiting.splice(0)) wake();
  });
  return trainer;
}

/** Asks real worker processes; they end with the test. */
export const runJob: RunJob<Jobs> = (name, input, options) => {
  const start = () => startNodeWorker<never, never>(workerEntry('trainer'), () => {});
  const pool = createJobPool({ kinds: JOB_KINDS, start, most: 1, idleMs: 1_000 });
  return pool.run(name, input, options).finally(() => pool.close());
};

export function trainJob(
  { workspacePath, datasetVersionId }: TestDataset,
  experiment: Experiment,
  checkpoint: Uint8Array | null = null,
): Extract<ToTrainer, { type: 'train' }> {
  return {
    type: 'train',
    hold: null,
    workspacePath,
    datasetVersionId,
    experiment,
    checkpoint,
    threads: { now: 1, most: 1, fixed: true },
  };
}

/** What the store would hold after these messages: rows by step and by epoch, as JSON with every bit of a number. */
export function rowsOf(messages: readonly FromTrainer[]): {
  steps: Map<number, string>;
  epochs: Map<number, string>;
} {
  const bits = (values: Float64Array): string => Buffer.from(values.slice().buffer).toString('hex');
  const steps = new Map<number, string>();
  const epochs = new Map<number, string>();
  for (const message of messages) {
    if (message.type === 'epoch') epochs.set(message.epoch, bits(message.values));
    if (message.type !== 'steps') continue;
    const width = message.values.length / message.count;
    for (let row = 0; row < message.count; row++) {
      steps.set(message.firstStep + row, bits(message.values.subarray(row * width, (row + 1) * width)));
    }
  }
  return { steps, epochs };
}

export function numbered(messages: readonly FromTrainer[]): Numbered[] {
  return messages.filter((message): message is Numbered => 'message' in message);
}
