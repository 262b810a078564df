// The encoder layer against PyTorch, a part of the training benchmark; alone: `node tests/bench/training/encoder.ts [--quick]
// [--only T96] [--parts | --processor]`. One step = forward + backward + clip + Adam, float32, of self-attention and a GELU
// feed-forward part of four times the width, each with a residual connection and normalisation; every position goes through a
// linear layer to one number; mean squared error. No dropout.
// --parts: time in every compiled function. --processor: least processor time of a step on one thread, which is more reliable
// than wall-clock time on a busy machine. Python interpreters as in pytorch.ts (HINDCAST_BENCH_PYTHON).
import { spawn } from 'node:child_process';
import { availableParallelism, loadavg } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../../../engine/backends/simd/index.ts';
import { selfAttention } from '../../../engine/ops/attention/attention.ts';
import { lossAndGradients } from '../../../engine/ops/gradients.ts';
import { addLayerNorm } from '../../../engine/ops/layer-norm.ts';
import { linear } from '../../../engine/ops/linear.ts';
import { meanSquaredError } from '../../../engine/ops/losses/mse.ts';
import { adamStep, createAdamState } from '../../../engine/ops/optimizers/adam.ts';
import { readOptions } from '../options.ts';
import { CLIP_NORM, LEARNING_RATE, values } from './cases.ts';
import { burstOf, type Contestant, type Measured, takeTurns } from './measure.ts';
import { startOurs } from './ours.ts';
import { findTorch, type Torch } from './pytorch.ts';

export interface EncoderCase {
  readonly width: number;
  readonly heads: number;
  readonly inner: number;
  readonly batch: number;
  readonly time: number;
}

export const ENCODER_CASES: readonly EncoderCase[] = [
  { width: 64, heads: 4, inner: 256, batch: 32, time: 96 },
  { width: 128, heads: 8, inner: 512, batch: 32, time: 336 },
];

export interface EncoderResult {
  readonly what: EncoderCase;
  readonly measured: readonly Measured[];
}

export function encoderName({ width, heads, batch, time }: EncoderCase): string {
  return `encoder d${width} h${heads} B${batch} T${time}`;
}

/** Floating-point operations of the products: forward, twice that backward, and the scores again. */
export function encoderFlops({ width, inner, batch, time }: EncoderCase): number {
  const rows = batch * time;
  return 6 * rows * (4 * width * width + 2 * width * inner) + 14 * rows * time * width;
}

/** A function that takes one step and returns the loss. */
export function encoderStep({ width, heads, inner, batch, time }: EncoderCase): () => number {
  const parameters: tf.Variable[] = [];
  const create = <T extends tf.Tensor>(shape: number[], fill?: number): T => {
    const count = tf.util.sizeFromShape(shape);
    const start = fill === undefined ? values(count, 1 / Math.sqrt(shape[0]!), parameters.length + 1) : fill;
    const variable = tf.tidy(() =>
      tf.variable(typeof start === 'number' ? tf.fill(shape, start) : tf.tensor(start, shape)),
    );
    parameters.push(variable);
    return variable as tf.Tensor as T;
  };
  const layer = (inputs: number, outputs: number) => ({
    kernel: create<tf.Tensor2D>([inputs, outputs]),
    bias: create<tf.Tensor1D>([outputs], 0),
  });
  const norm = () => ({ gain: create<tf.Tensor1D>([width], 1), bias: create<tf.Tensor1D>([width], 0) });
  const [projection, mixing, norm1] = [layer(width, 3 * width), layer(width, width), norm()];
  const [expansion, reduction, norm2, head] = [
    layer(width, inner),
    layer(inner, width),
    norm(),
    layer(width, 1),
  ];
  const x = tf.tensor3d(values(batch * time * width, 1, 7), [batch, time, width]);
  const y = tf.tensor3d(values(batch * time, 1, 8), [batch, time, 1]);
  const state = createAdamState(parameters);
  const loss = () => {
    const { outputs } = selfAttention(linear(x, projection) as tf.Tensor3D, { heads });
    const mixed = addLayerNorm(x as tf.Tensor, linear(outputs, mixing), norm1).normal;
    const forward = linear(linear(mixed, expansion, 'gelu'), reduction);
    return meanSquaredError(linear(addLayerNorm(mixed, forward, norm2).normal, head), y);
  };
  return () =>
    tf.tidy(() => {
      const { loss: value, gradients } = lossAndGradients(loss, parameters);
      adamStep(parameters, gradients, state, { learningRate: LEARNING_RATE, clipNorm: CLIP_NORM });
      return value.dataSync()[0]!;
    });
}

interface TorchContestants {
  readonly contestants: Contestant[];
  /** Processor time of every step on one thread. */
  readonly processorMs: (steps: number) => Promise<number[]>;
  readonly close: () => void;
}

/** PyTorch in a child process (encoder.py) for one case. */
async function torchContestants(
  { python, version }: Torch,
  what: EncoderCase,
  threads: readonly number[],
): Promise<TorchContestants> {
  const script = fileURLToPath(new URL('./encoder.py', import.meta.url));
  const child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (request: unknown) => {
    child.stdin.write(`${JSON.stringify(request)}\n`);
    return JSON.parse((await answers.next()).value as string) as { ms: number[]; processorMs: number[] };
  };
  await ask({ prepare: what });
  const contestants = threads.map((count) => ({
    name: `PyTorch ${version}, ${count} thread${count > 1 ? 's' : ''}`,
    burst: async (steps: number) => (await ask({ threads: count, steps })).ms,
  }));
  const processorMs = async (steps: number) => (await ask({ threads: 1, steps })).processorMs;
  return { contestants, processorMs, close: () => child.stdin.end() };
}

function ourContestants(backend: SimdBackend, what: EncoderCase, threads: readonly number[]): Contestant[] {
  const step = encoderStep(what);
  return threads.map((count) => ({
    name: `Hindcast, ${count} thread${count > 1 ? 's' : ''}`,
    burst: async (steps: number) => {
      backend.kernels.limitThreads(count);
      return burstOf(step)(steps);
    },
  }));
}

/** Most steps before measuring, for compilers and caches. */
const WARMUPS = 100;

/** Alternating with every PyTorch. */
export async function measureEncoder(
  backend: SimdBackend,
  what: EncoderCase,
  rounds: number,
  torch: readonly Torch[],
): Promise<Measured[]> {
  const threads = availableParallelism() > 1 ? [1, 2] : [1];
  tf.engine().startScope();
  const torches = await Promise.all(torch.map((found) => torchContestants(found, what, threads)));
  const contestants = [
    ...ourContestants(backend, what, threads),
    ...torches.flatMap((torch) => torch.contestants),
  ];
  const measured = await takeTurns(contestants, { warmups: WARMUPS, rounds });
  for (const { close } of torches) close();
  tf.engine().endScope();
  return measured;
}

/** Least processor time of a step on one thread, ours and every PyTorch's, as [name, milliseconds]. */
async function processorTimes(backend: SimdBackend, what: EncoderCase): Promise<[string, number][]> {
  backend.kernels.limitThreads(1);
  const step = encoderStep(what);
  const own = Array.from({ length: 12 }, () => {
    const before = process.cpuUsage();
    step();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  const results: [string, number][] = [['Hindcast', Math.min(...own)]];
  for (const torch of findTorch()) {
    const { processorMs, close } = await torchContestants(torch, what, [1]);
    results.push([`PyTorch ${torch.version}`, Math.min(...(await processorMs(12)))]);
    close();
  }
  return results;
}

/** Time inside every compiled function during one step, as [name, calls, milliseconds]. */
function partsOf(backend: SimdBackend, what: EncoderCase): [string, number, number][] {
  const exports = backend.kernels.exports as unknown as Record<string, (...args: number[]) => unknown>;
  const totals = new Map<string, { calls: number; ms: number }>();
  const timed = Object.fromEntries(
    Object.entries(exports).map(([name, kernel]) => [
      name,
      (...args: number[]) => {
        const start = performance.now();
        const result = kernel(...args);
        const total = totals.get(name) ?? { calls: 0, ms: 0 };
        totals.set(name, { calls: total.calls + 1, ms: total.ms + performance.now() - start });
        return result;
      },
    ]),
  );
  Object.assign(backend.kernels, { exports: timed });
  const step = encoderStep(what);
  for (let count = 0; count < 5; count++) step();
  totals.clear();
  const start = performance.now();
  const steps = 10;
  for (let count = 0; count < steps; count++) step();
  const whole = performance.now() - start;
  Object.assign(backend.kernels, { exports });
  const parts = [...totals].map(([name, { calls, ms }]): [string, number, number] => [
    name,
    calls / steps,
    ms / steps,
  ]);
  const inside = parts.reduce((sum, [, , ms]) => sum + ms, 0);
  return [
    ...parts.sort((a, b) => b[2] - a[2]),
    ['outside', 1, whole / steps - inside],
    ['whole', 1, whole / steps],
  ];
}

const USAGE = `usage: node tests/bench/training/encoder.ts [--quick] [--only TEXT] [--parts | --processor]

  --quick      5 rounds
  --only TEXT  only cases whose name contains TEXT, such as T96
  --parts      time in every compiled function
  --processor  least processor time of a step on one thread`;

async function main(): Promise<void> {
  const { quick, only, parts, processor } = readOptions(
    process.argv.slice(2),
    {
      quick: { type: 'boolean' },
      only: { type: 'string', default: '' },
      parts: { type: 'boolean' },
      processor: { type: 'boolean' },
    },
    USAGE,
  );
  const backend = await startOurs(Math.min(2, availableParallelism()));
  console.log(`load ${loadavg()[0]!.toFixed(1)}`);
  for (const what of ENCODER_CASES.filter((each) => encoderName(each).includes(only))) {
    if (parts) {
      for (const [name, calls, ms] of partsOf(backend, what)) {
        console.log(`${encoderName(what)}: ${name} ${calls} x, ${ms.toFixed(2)} ms`);
      }
      continue;
    }
    if (processor) {
      for (const [name, ms] of await processorTimes(backend, what)) {
        console.log(`${encoderName(what)}: ${name} ${ms.toFixed(1)} ms of one processor`);
      }
      continue;
    }
    const rounds = quick ? 5 : what.time > 100 ? 12 : 40;
    for (const { name, medianMs, bestMs } of await measureEncoder(backend, what, rounds, findTorch())) {
      const gflops = (encoderFlops(what) / medianMs / 1e6).toFixed(0);
      console.log(
        `${encoderName(what)}: ${name} ${medianMs.toFixed(2)} ms (best ${bestMs.toFixed(2)}), ${gflops} GFLOPS`,
      );
    }
  }
  console.log(`load ${loadavg()[0]!.toFixed(1)}`);
  backend.kernels.close();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
