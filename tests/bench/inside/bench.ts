// `npm run bench -- inside`: how long each view into a model takes against its target, and what the probe costs a training.
import { selectBackend } from '../../../engine/backends/select.ts';
import { readOptions, refuse } from '../options.ts';
import { benchPage } from './bench-page.ts';
import { benchProbe } from './bench-probe.ts';
import { benchViews } from './bench-views.ts';
import { benchWindow } from './bench-window.ts';

const PARTS = { views: benchViews, window: benchWindow, page: benchPage, probe: benchProbe };

const USAGE = `usage: npm run bench -- inside [--only PART]

Times the views into a model (views: states, steps, attention, attributions, matches, spectra), what the workbench makes of them in a browser
(window: playback, dragging, drawing), Play's answer by the kernels in a page instead (page), and the probe of a training (probe).`;

export async function bench(args: readonly string[]): Promise<void> {
  const { only } = readOptions(args, { only: { type: 'string' } }, USAGE);
  if (only !== undefined && !(only in PARTS)) refuse(`There is no part ${only}.`, USAGE);
  await selectBackend('simd', { allowFallback: false, threads: 1 });
  for (const [name, part] of Object.entries(PARTS)) if (only === undefined || only === name) await part();
}
