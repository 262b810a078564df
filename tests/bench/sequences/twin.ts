// Beside a preset its PyTorch twin (twin.py): the same encoded samples in the same parts, network, batches and schedule. Steps are compared by
// CPU seconds on one thread, so that other programs on the machine count less.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { selectBackend } from '../../../engine/backends/select.ts';
import type { RunDetail } from '../../../engine/contract/runs/run.ts';
import type { ClassifyExperiment } from '../../../engine/contract/tasks/classify-experiment.ts';
import { openSeriesSource } from '../../../engine/store/datasets/series-source.ts';
import { lengths } from '../../../engine/tasks/classify/batches.ts';
import { openClassify } from '../../../engine/tasks/classify/machine.ts';
import { type PreparedClassify, prepareClassify } from '../../../engine/tasks/classify/prepare.ts';
import { sourceTable } from '../../../engine/tasks/classify/source-table.ts';
import { readData } from '../../../engine/tasks/task-of.ts';
import { closeRun, openRun } from '../../../engine/training/run-state.ts';
import { trainStep } from '../../../engine/training/step.ts';
import { startCpuClock } from './clock.ts';

const PARTS = ['train', 'validation', 'test'] as const;
const [WARM_UP, TIMED] = [20, 100] as const;

export interface Twin {
  /** Of the test part, a number a seed. */
  readonly accuracies: readonly number[];
  readonly stepMs: number;
  readonly ownStepMs: number;
}

/** @param python a Python with PyTorch and NumPy */
export async function runTwin(
  run: RunDetail,
  folder: string,
  given: { python: string; seeds: number },
): Promise<Twin> {
  const experiment = run.configuration as ClassifyExperiment;
  const source = await openSeriesSource(join(folder, 'workspace.hindcast'), run.datasetVersionId);
  try {
    const data = await readData(experiment, source);
    const prepared = prepareClassify(experiment, sourceTable(experiment, data), data.name);
    writeSamples(experiment, prepared, folder);
    const ownStepMs = await timeSteps(experiment, prepared);
    const options = [join(import.meta.dirname, 'twin.py'), folder, '--seeds', String(given.seeds)];
    const { status, stderr } = spawnSync(given.python, options, {
      stdio: ['ignore', 'inherit', 'pipe'],
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`twin.py: ${stderr}`);
    const found = JSON.parse(readFileSync(join(folder, 'twin-result.json'), 'utf8')) as Omit<
      Twin,
      'ownStepMs'
    >;
    return { ...found, ownStepMs };
  } finally {
    source.close();
  }
}

/** `twin.json` and, in float32, `twin.bin`: the samples one after the other. */
function writeSamples(experiment: ClassifyExperiment, prepared: PreparedClassify, folder: string): void {
  const { input, labels, parts, classes } = prepared;
  const lengthOf = lengths(input);
  const rows = PARTS.flatMap((part) => Array.from(parts[part], (row) => ({ part, row })));
  const samples = rows.map(({ part, row }) => ({ part, label: labels[row]!, length: lengthOf(row) }));
  const content = { experiment, shape: input.shape, classes: classes.length, samples };
  writeFileSync(join(folder, 'twin.json'), JSON.stringify(content));
  const encoded = rows.map(({ row }) => new Uint8Array(Float32Array.from(input.encode(row)).buffer));
  writeFileSync(join(folder, 'twin.bin'), Buffer.concat(encoded));
}

/** CPU milliseconds of a training step, on one thread. */
async function timeSteps(experiment: ClassifyExperiment, prepared: PreparedClassify): Promise<number> {
  await selectBackend('simd', { allowFallback: false, threads: 1 });
  const task = openClassify(experiment, prepared).training();
  const { training, seed } = experiment;
  const run = openRun({ task, training, seed, checkpoint: null });
  const steps = Math.min(run.stepsPerEpoch, WARM_UP + TIMED);
  const warm = Math.min(WARM_UP, steps >> 1);
  for (let step = 0; step < warm; step++) trainStep(run, task, training);
  const cpu = startCpuClock();
  for (let step = warm; step < steps; step++) trainStep(run, task, training);
  const seconds = cpu();
  closeRun(run);
  return (1_000 * seconds) / (steps - warm);
}
