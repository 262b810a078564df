import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { availableMemory } from '../../engine/backends/available-memory.ts';
import { describeBackends } from '../../engine/backends/describe.ts';
import { selectBackend } from '../../engine/backends/select.ts';
import { installCaveat, installCommand } from '../../engine/backends/tensorflow-package.ts';
import { HindcastError } from '../../engine/contract/values/errors.ts';

afterEach(() => vi.unstubAllEnvs());

/** A folder whose node_modules holds a binding with this source, or nothing. */
function folderWith(source?: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'hindcast backend '));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  if (source !== undefined) {
    const packageFolder = join(folder, 'node_modules', '@tensorflow', 'tfjs-node');
    mkdirSync(packageFolder, { recursive: true });
    writeFileSync(join(packageFolder, 'index.js'), source);
  }
  vi.stubEnv('HINDCAST_TENSORFLOW', folder);
  return folder;
}

async function errorOf(work: Promise<unknown>): Promise<HindcastError> {
  const cause = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (cause instanceof HindcastError) return cause;
  throw new Error(`not a HindcastError: ${cause}`);
}

const strict = { allowFallback: false, threads: 2 } as const;

test('simd and cpu become the current backend, with version, device and threads', async () => {
  const simd = await selectBackend('simd', strict);
  expect(tf.getBackend()).toBe('simd');
  expect(simd).toMatchObject({ name: 'simd', fallbackReason: null });
  expect(simd.version).toMatch(/^kernels [0-9a-f]{8,}$/);
  expect(simd.device).toMatch(/, up to 2 threads$/);
  expect((await selectBackend('simd', { ...strict, threads: 1 })).device).toMatch(/, 1 thread$/);

  const cpu = await selectBackend('cpu', strict);
  expect(tf.getBackend()).toBe('cpu');
  expect(cpu).toMatchObject({ name: 'cpu', version: expect.stringMatching(/^tfjs \d/) });
});

test('where the platform shares no memory there is one thread, and it is said; less memory is counted on', async () => {
  const { tensorBytes } = availableMemory('simd');
  vi.stubGlobal('SharedArrayBuffer', undefined);
  onTestFinished(() => void vi.unstubAllGlobals());
  const { device } = await selectBackend('simd', { ...strict, threads: 4 });
  expect(device).toMatch(/, 1 thread, since this platform shares no memory between threads$/);
  expect(availableMemory('simd').tensorBytes).toBe(Math.min(2 ** 30, tensorBytes));
  tf.removeBackend('simd');
});

test('tensorflow that is not installed: an error with the command, or simd with the reason', async () => {
  folderWith();
  const error = await errorOf(selectBackend('tensorflow', strict));
  expect(error.code).toBe('backend-unavailable');
  expect(error.message).toMatch(/neither @tensorflow\/tfjs-node-gpu nor @tensorflow\/tfjs-node is installed/);
  expect(error.message).toContain(installCommand());

  const used = await selectBackend('tensorflow', { allowFallback: true, threads: 1 });
  expect(used).toMatchObject({ name: 'simd', fallbackReason: error.message });
  expect(tf.getBackend()).toBe('simd');
});

test.each([
  [
    'that throws',
    'throw new Error("libtensorflow.so.2: cannot open shared object file\\nRequire stack: ...")',
    /does not load \(libtensorflow\.so\.2: cannot open shared object file\)/,
  ],
  [
    'whose tfjs is another one',
    'exports.engine = () => ({}); exports.version = {};',
    /cannot share an engine/,
  ],
])('a binding %s is named with what it said', async (_what, source, text) => {
  folderWith(source);
  const error = await errorOf(selectBackend('tensorflow', strict));
  expect(error.code).toBe('backend-unavailable');
  expect(error.message).toMatch(text);
  expect(tf.env().getBool('PROD')).toBe(false);
});

test('the description says what a run would find', async () => {
  folderWith();
  const backends = await describeBackends();
  expect(backends.map(({ name, available }) => [name, available])).toEqual([
    ['simd', true],
    ['cpu', true],
    ['tensorflow', false],
  ]);
  const [simd, , tensorflow] = backends;
  expect(simd).toMatchObject({ reason: null, install: null });
  expect(tensorflow).toMatchObject({ version: null, device: null, install: installCommand() });
  expect(tensorflow!.reason).toMatch(/is installed\./);
});

test('the command suits the platform', () => {
  expect(installCommand('linux', 'x64')).toBe('npm install @tensorflow/tfjs-node-gpu@4.22.0');
  expect(installCommand('darwin', 'arm64')).toBe('npm install @tensorflow/tfjs-node@4.22.0');
  expect(installCaveat('linux', 'x64')).toMatch(/CUDA 11\.2/);
  expect(installCaveat('win32', 'x64')).toMatch(/Visual Studio/);
});
