// How fast a language model writes: an LSTM of 256 units with 97 tokens, on one thread, its weights as they are drawn.
import { selectBackend } from '../../../engine/backends/select.ts';
import type { GenerateExperiment } from '../../../engine/contract/tasks/generate-experiment.ts';
import { initializeParameters } from '../../../engine/models/parameters.ts';
import { parseExperiment } from '../../../engine/services/runs/start.ts';
import { modelFor } from '../../../engine/tasks/generate/model.ts';
import { openText } from '../../../engine/tasks/generate/write-text.ts';
import { seedRandomStream } from '../../../engine/training/random-streams.ts';
import { encodeWeights } from '../../../engine/training/weights.ts';

const ROUNDS = 3;
const CHARACTERS = 4_000;
const LETTERS = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));
const OPTIONS = { prompt: 'Call me', temperature: 0.8, topK: null, topP: 1, repetitionPenalty: 1, seed: 1 };

export async function measureWriting(): Promise<void> {
  const experiment = parseExperiment({
    name: 'writing',
    dataset: { name: 'writing' },
    task: { kind: 'generate', input: 'text' },
    model: { kind: 'lstm', units: 256 },
  }) as GenerateExperiment;
  // The letters, the unknown token and the end sign.
  const { specs } = modelFor(experiment, LETTERS.length + 2);
  const weights = encodeWeights(initializeParameters(specs, seedRandomStream(1, 'init')));
  const tokens = { by: 'characters', lowerCase: false, tokens: LETTERS, letters: LETTERS.length };
  await selectBackend('simd', { allowFallback: false, threads: 1 });
  console.log('writing, LSTM of 256 units, one thread');
  for (let round = 1; round <= ROUNDS; round++) {
    const began = performance.now();
    const text = openText(experiment, { fitted: { version: 1, tokens }, weights }, OPTIONS);
    text.write(1);
    const first = performance.now() - began;
    const started = performance.now();
    const before = process.cpuUsage();
    text.write(CHARACTERS);
    const seconds = (performance.now() - started) / 1_000;
    const { user, system } = process.cpuUsage(before);
    text.dispose();
    const perCpuSecond = CHARACTERS / ((user + system) / 1e6);
    console.log(
      `  round ${round}: first character after ${first.toFixed(0)} ms, ${(CHARACTERS / seconds).toFixed(0)} characters/s, ${perCpuSecond.toFixed(0)} a CPU second`,
    );
  }
}
