// The tasks of texts, captions and videos beside PyTorch (twins.py): the same network, first weights, batches, Adam and clipping, on made data. Both
// losses of held-out examples are compared; translators learn on, and the BLEU of what they write then is compared, each token as a word.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import { selectBackend } from '../../../engine/backends/select.ts';
import { OptimizerSchema } from '../../../engine/contract/experiment/training.ts';
import { bleu } from '../../../engine/evaluation/pairs/bleu.ts';
import { createParameterSet, initializeParameters } from '../../../engine/models/parameters.ts';
import { lossAndGradients } from '../../../engine/ops/gradients.ts';
import { createOptimizer } from '../../../engine/training/optimizers.ts';
import { seedRandomStream } from '../../../engine/training/random-streams.ts';
import { findTorch } from '../training/pytorch.ts';
import { PICTURE_TWINS } from './picture-twins.ts';
import { type Example, TEXT_TWINS, type Twin } from './twin-cases.ts';

const script = fileURLToPath(new URL('./twins.py', import.meta.url));

// Later the smallest differences of rounding grow, where the loss falls steeply.
const STEPS = 200;
/** Of a translator, before it writes. */
const STEPS_OF_WRITER = 1_500;
const WITHIN_BLEU = 1;
const BATCH = 32;
const LEARNING_RATE = 0.003;
const WITHIN = 0.01;

export async function measureTwins(): Promise<void> {
  const [torch] = findTorch();
  if (!torch) return console.log('twins: no PyTorch was found; name its python in HINDCAST_BENCH_PYTHON');
  await selectBackend('simd', { allowFallback: false, threads: 1 });
  console.log(`twins, ${STEPS} steps of ${BATCH} examples, PyTorch ${torch.version}`);
  for (const twin of [...TEXT_TWINS, ...PICTURE_TWINS]) {
    const { ours, written, held, request } = trainOurs(twin);
    const { status, stdout, stderr } = spawnSync(torch.python, [script], {
      input: JSON.stringify(request),
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
    if (status !== 0) throw new Error(`twins.py: ${stderr}`);
    const { loss: theirs, written: theirText } = JSON.parse(stdout) as Answer;
    const apart = Math.abs(ours - theirs) / theirs;
    const verdict = apart <= WITHIN ? 'within 1 %' : 'MORE THAN 1 % APART';
    console.log(
      `  ${twin.name}: held-out loss ${ours.toFixed(5)}, PyTorch ${theirs.toFixed(5)}, ${(100 * apart).toFixed(3)} % apart, ${verdict}`,
    );
    if (!written || !theirText) continue;
    const [a, b] = [written, theirText].map((texts) => bleuOf(texts, held));
    const isNear = Math.abs(a! - b!) <= WITHIN_BLEU;
    console.log(
      `  ${twin.name}, after ${STEPS_OF_WRITER} steps: BLEU ${a!.toFixed(2)}, PyTorch ${b!.toFixed(2)}, ${isNear ? 'within 1' : 'MORE THAN 1 APART'}`,
    );
  }
}

interface Answer {
  readonly loss: number;
  readonly written: readonly (readonly number[])[] | null;
}

/** Of the held-out pairs, whose texts have end signs around them. */
const bleuOf = (texts: readonly (readonly number[])[], held: readonly Example[]): number =>
  bleu(
    texts.map((text, index) => ({
      written: text.join(' '),
      references: [held[index]![1].slice(1, -1).join(' ')],
    })),
  );

function trainOurs({ kind, specs, examples, features, loss, write }: Twin) {
  const first = initializeParameters(specs, seedRandomStream(1, 'init'));
  const weights = Object.fromEntries(
    first.map(({ name, shape, values }) => [name, { shape, values: [...values] }]),
  );
  const held = examples.slice(0, 4 * BATCH);
  const learned = examples.slice(4 * BATCH);
  const batches = Array.from({ length: write ? STEPS_OF_WRITER : STEPS }, (_, step) =>
    Array.from({ length: BATCH }, (_row, index) => (step * BATCH + index) % learned.length),
  );
  const parameters = createParameterSet(specs, first);
  const options = OptimizerSchema.parse({ kind: 'adam', learningRate: LEARNING_RATE });
  const optimizer = createOptimizer(options, parameters, null);
  let ours = Number.NaN;
  for (const [step, rows] of batches.entries()) {
    if (step === STEPS) ours = heldOut();
    const batch = rows.map((row) => learned[row]!);
    tf.tidy(() => {
      const { gradients } = lossAndGradients(() => loss(batch, parameters.weight), parameters.variables);
      optimizer.step(gradients, { learningRate: LEARNING_RATE, clipNorm: 1 });
    });
  }
  if (batches.length === STEPS) ours = heldOut();
  const written = write?.(
    held.map(([text]) => text),
    parameters.weight,
  );
  optimizer.dispose();
  parameters.dispose();
  const request = {
    kind,
    features,
    weights,
    learned,
    batches,
    held,
    learningRate: LEARNING_RATE,
    steps: STEPS,
  };
  return { ours, written, held, request };

  function heldOut(): number {
    return tf.tidy(() => loss(held, parameters.weight).dataSync()[0]!);
  }
}
