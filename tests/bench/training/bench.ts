// `npm run bench -- training`: entry of the training benchmark.
import { readTrainingOptions } from './options.ts';

export async function bench(args: readonly string[]): Promise<void> {
  const options = readTrainingOptions(args);
  // Only now: TensorFlow.js takes a second to load.
  const { runTrainingBenchmark } = await import('./index.ts');
  await runTrainingBenchmark(options);
}
