// The tasks of texts beside PyTorch (twins.py): the same network, first weights, batches, Adam and clipping, on made texts. Both losses of held-out
// texts are compared.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import { selectBackend } from '../../../engine/backends/select.ts';
import { OptimizerSchema } from '../../../engine/contract/experiment.ts';
import { createParameterSet, initializeParameters } from '../../../engine/models/parameters.ts';
import { lossAndGradients } from '../../../engine/ops/gradients.ts';
import { createOptimizer } from '../../../engine/training/optimizers.ts';
import { seedRandomStream } from '../../../engine/training/random-streams.ts';
import { findTorch } from '../training/pytorch.ts';
import { TWINS, type Twin } from './twin-cases.ts';

const script = fileURLToPath(new URL('./twins.py', import.meta.url));

// Later the smallest differences of rounding grow, where the loss falls steeply.
const STEPS = 200;
const BATCH = 32;
const LEARNING_RATE = 0.003;
const WITHIN = 0.01;

export async function measureTwins(): Promise<void> {
  const [torch] = findTorch();
  if (!torch) return console.log('twins: no PyTorch was found; name its python in HINDCAST_BENCH_PYTHON');
  await selectBackend('simd', { allowFallback: false, threads: 1 });
  console.log(`twins, ${STEPS} steps of ${BATCH} texts, PyTorch ${torch.version}`);
  for (const twin of TWINS) {
    const { ours, request } = trainOurs(twin);
    const { status, stdout, stderr } = spawnSync(torch.python, [script], {
      input: JSON.stringify(request),
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
    if (status !== 0) throw new Error(`twins.py: ${stderr}`);
    const theirs = Number(stdout);
    const apart = Math.abs(ours - theirs) / theirs;
    const verdict = apart <= WITHIN ? 'within 1 %' : 'MORE THAN 1 % APART';
    console.log(
      `  ${twin.name}: held-out loss ${ours.toFixed(5)}, PyTorch ${theirs.toFixed(5)}, ${(100 * apart).toFixed(3)} % apart, ${verdict}`,
    );
  }
}

function trainOurs({ kind, specs, examples, loss }: Twin) {
  const first = initializeParameters(specs, seedRandomStream(1, 'init'));
  const weights = Object.fromEntries(
    first.map(({ name, shape, values }) => [name, { shape, values: [...values] }]),
  );
  const held = examples.slice(0, 4 * BATCH);
  const learned = examples.slice(4 * BATCH);
  const batches = Array.from({ length: STEPS }, (_, step) =>
    Array.from({ length: BATCH }, (_row, index) => learned[(step * BATCH + index) % learned.length]!),
  );
  const parameters = createParameterSet(specs, first);
  const options = OptimizerSchema.parse({ kind: 'adam', learningRate: LEARNING_RATE });
  const optimizer = createOptimizer(options, parameters, null);
  for (const batch of batches)
    tf.tidy(() => {
      const { gradients } = lossAndGradients(() => loss(batch, parameters.weight), parameters.variables);
      optimizer.step(gradients, { learningRate: LEARNING_RATE, clipNorm: 1 });
    });
  const ours = tf.tidy(() => loss(held, parameters.weight).dataSync()[0]!);
  optimizer.dispose();
  parameters.dispose();
  return { ours, request: { kind, weights, batches, held, learningRate: LEARNING_RATE } };
}
