// The backend `tensorflow`: TensorFlow's C library through tfjs-node-gpu or tfjs-node; this is also how CUDA is reached.
//
// The binding brings its own copy of tfjs-core unless npm merged the two. All copies in one process share a single engine, kernel
// table and tensor class, which tfjs-core keeps on the global object. So a backend that the binding registers is visible to our
// copy too, bundled or not. The code checks this instead of assuming it.
import '@tensorflow/tfjs-layers'; // registers the gradients of the stock kernels; tfjs-core alone registers none
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import * as tf from '@tensorflow/tfjs-core';
import type { BackendUsed } from '../contract/runs/run.ts';
import { HindcastError } from '../contract/values/errors.ts';
import { processorName } from './processor.ts';
import {
  findTensorflowPackages,
  installCaveat,
  installCommand,
  TENSORFLOW_PACKAGES,
  type TensorflowPackage,
} from './tensorflow-package.ts';

/** What is used of the binding's module and of its backend. */
interface TensorflowModule {
  engine(): unknown;
  readonly version: Readonly<Record<string, string>>;
}
interface TensorflowBackend {
  readonly isUsingGpuDevice: boolean;
  readonly binding: { readonly TF_Version?: string };
}

/**
 * Loads the binding and makes it the current backend.
 * @throws HindcastError `backend-unavailable` with the reason and the command that installs it.
 */
export async function startTensorflowBackend(): Promise<BackendUsed> {
  const found = findTensorflowPackages();
  if (found.length === 0) {
    throw unavailable(`neither ${TENSORFLOW_PACKAGES[0]} nor ${TENSORFLOW_PACKAGES[1]} is installed`);
  }
  const failures: string[] = [];
  for (const candidate of found) {
    try {
      return await load(candidate);
    } catch (cause) {
      failures.push(`${candidate.name} does not load (${firstLine(cause)})`);
    }
  }
  throw unavailable(failures.join(', '));
}

async function load(candidate: TensorflowPackage): Promise<BackendUsed> {
  allowNewerNode();
  // TensorFlow greets on stderr: errors only, unless the user asks for more.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  const module = quietly(() => candidate.load() as TensorflowModule);
  if (module.engine() !== (tf.engine() as unknown)) {
    throw new Error('its tfjs-core cannot share an engine with ours');
  }
  if (!(await tf.setBackend('tensorflow'))) throw new Error('its backend does not start');
  checkProduct();
  const { isUsingGpuDevice, binding } = tf.backend() as unknown as TensorflowBackend;
  return {
    name: 'tensorflow',
    version: `${candidate.name.replace('@tensorflow/', '')} ${module.version['tfjs-node']}, TensorFlow ${binding.TF_Version ?? 'of unknown version'}`,
    device: isUsingGpuDevice ? graphicsCardName() : `${processorName()}, no GPU in use`,
    fallbackReason: null,
  };
}

/** tfjs-node 4.22 calls a function of `node:util` that Node 23 dropped. */
function allowNewerNode(): void {
  const util = createRequire(import.meta.url)('node:util') as {
    isNullOrUndefined?: (value: unknown) => boolean;
  };
  util.isNullOrUndefined ??= (value) => value === null || value === undefined;
}

/** A second copy of tfjs registers its CPU kernels over ours, equal ones, and warns of each. */
function quietly<T>(load: () => T): T {
  const before = tf.env().getBool('PROD');
  tf.env().set('PROD', true);
  try {
    return load();
  } finally {
    tf.env().set('PROD', before);
  }
}

function checkProduct(): void {
  const values = tf.tidy(() => tf.matMul(tf.tensor2d([[1, 2]]), tf.tensor2d([[3], [4]])).dataSync());
  if (values[0] !== 11) throw new Error(`it multiplies wrongly: 1 x 3 + 2 x 4 = ${values[0]}`);
}

function graphicsCardName(): string {
  try {
    const query = ['--query-gpu=name', '--format=csv,noheader'];
    const names = execFileSync('nvidia-smi', query, { encoding: 'utf8', timeout: 5_000, stdio: 'pipe' });
    return names.trim().split('\n')[0] || 'GPU';
  } catch {
    return 'GPU';
  }
}

function firstLine(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split('\n', 1)[0]!.trim();
}

function unavailable(reason: string): HindcastError {
  const install = installCommand();
  return new HindcastError(
    'backend-unavailable',
    `The backend tensorflow cannot be used: ${reason}. \`${install}\` installs it. ${installCaveat()}`,
    { details: { backend: 'tensorflow', reason: `${reason}. ${installCaveat()}`, install } },
  );
}
