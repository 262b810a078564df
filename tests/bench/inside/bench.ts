// `npm run bench -- inside`: how long each view into a model takes against its target, and what the probe costs a training.
import { selectBackend } from '../../../engine/backends/select.ts';
import { readOptions } from '../options.ts';
import { benchProbe } from './bench-probe.ts';
import { benchViews } from './bench-views.ts';

const USAGE = `usage: npm run bench -- inside

Times the views into a model (states, steps, attention, attributions, matches, spectra) and the probe of a training. It has no options.`;

export async function bench(args: readonly string[]): Promise<void> {
  readOptions(args, {}, USAGE);
  await selectBackend('simd', { allowFallback: false, threads: 1 });
  await benchViews();
  await benchProbe();
}
