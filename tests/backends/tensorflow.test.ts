// The backend `tensorflow` with a real binding: HINDCAST_TENSORFLOW names a folder whose node_modules holds @tensorflow/tfjs-node.
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { BackendName } from '../../engine/contract/experiment/experiment.ts';
import { projectRoot, workerEntry } from '../../engine/hosts/node/paths.ts';
import {
  createDataset,
  runJob,
  startTrainer,
  type TestDataset,
  testExperiment,
  trainJob,
} from '../hosts/trainer/fixture.ts';

const missing = process.env.HINDCAST_TENSORFLOW === undefined;
const title = `a real TensorFlow${missing ? ' (skipped: HINDCAST_TENSORFLOW names no folder with @tensorflow/tfjs-node)' : ''}`;

const experiment = (backend: BackendName) =>
  testExperiment({
    backend,
    task: { kind: 'forecast', targets: ['x'], lookback: 28, horizon: 7 },
    model: { kind: 'lstm', units: 16, layers: 2 },
    training: { epochs: 4, batchSize: 32, optimizer: { kind: 'adam', learningRate: 0.005 } },
  });

async function runOn(backend: BackendName, dataset: TestDataset, entry = workerEntry('trainer')) {
  const trainer = startTrainer({ entry });
  trainer.post(trainJob(dataset, experiment(backend)));
  const prepared = await trainer.next('prepared');
  const ended = await trainer.next('ended');
  const epochs = trainer.messages.flatMap((message) =>
    message.type === 'epoch' ? [[...message.values]] : [],
  );
  const steps = trainer.messages.flatMap((message) =>
    message.type === 'steps' ? [[...message.values]] : [],
  );
  return { prepared, ended, epochs: epochs.flat(), steps: steps.flat() };
}

function expectClose(actual: readonly number[], expected: readonly number[], rtol: number): void {
  expect(actual).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) {
    expect(Math.abs(actual[i]! - value), `value ${i}: ${actual[i]}, not ${value}`).toBeLessThanOrEqual(
      1e-6 + rtol * Math.abs(value),
    );
  }
}

/** The trainer as the build makes it: one module with tfjs inside, so that the binding's tfjs-core is surely another copy. */
async function buildTrainer(): Promise<string> {
  const outDir = mkdtempSync(join(projectRoot, 'node_modules', '.hindcast-test-'));
  onTestFinished(() => rmSync(outDir, { recursive: true, force: true }));
  await build({
    configFile: false,
    logLevel: 'error',
    root: projectRoot,
    ssr: { noExternal: true, external: ['better-sqlite3'] },
    build: { ssr: workerEntry('trainer'), outDir, target: 'node24', minify: false },
  });
  return join(outDir, 'main.js');
}

describe.skipIf(missing)(title, () => {
  test('trains the same curve as simd, within the tolerance of floats', async () => {
    const dataset = createDataset(400);
    const tensorflow = await runOn('tensorflow', dataset);
    const simd = await runOn('simd', dataset);
    expect(tensorflow.prepared.backend).toMatchObject({
      name: 'tensorflow',
      version: expect.stringMatching(/^tfjs-node(-gpu)? 4\.22\.\d+, TensorFlow \d/),
      fallbackReason: null,
    });
    expect(simd.prepared.backend.name).toBe('simd');
    expectClose(tensorflow.epochs, simd.epochs, 1e-3);
    expectClose(tensorflow.steps, simd.steps, 5e-3);
    const values = ({ ended }: typeof simd) => ended.scores.map(({ value }) => value);
    expectClose(values(tensorflow), values(simd), 1e-3);
    expect(tensorflow.ended.state).toBe('completed');
  });

  test('is one engine with the bundled tfjs, too', async () => {
    const dataset = createDataset(400);
    const bundled = await runOn('tensorflow', dataset, await buildTrainer());
    const simd = await runOn('simd', dataset);
    expect(bundled.prepared.backend.name).toBe('tensorflow');
    expectClose(bundled.epochs, simd.epochs, 1e-3);
  });

  test('is described as available, with its device', async () => {
    const backends = await runJob('describe-backends', null);
    const status = backends.find(({ name }) => name === 'tensorflow');
    expect(status).toMatchObject({ available: true, reason: null, install: null });
    expect(status!.device).toBeTruthy();
  });
});
