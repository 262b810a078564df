// `npm run bench -- pictures TASK`: names of emoji, and next frames of moving digits, beside their baselines (docs/pictures.md has the table).
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { countOf, readArguments, refuse } from '../options.ts';
import { measure } from '../sequences/bench.ts';
import type { Preset } from '../sequences/preset.ts';

const PRESETS: readonly Preset[] = [
  {
    name: 'emoji',
    data: 'the folder node_modules/emoji-datasource-google (16.0.0)',
    metrics: ['chrf', 'edit-rate'],
    target: 'chrF2 above that of the nearest image, by base emoji',
    experiment: {
      task: {
        kind: 'caption',
        neighbours: 3,
        neighbourShare: 0.4,
        embedding: 128,
        beam: 8,
        lengthPenalty: 1,
      },
      model: { kind: 'encoder-decoder', dropout: 0.3 },
      training: {
        epochs: 12,
        optimizer: { kind: 'adam', learningRate: 0.001 },
        earlyStopping: null,
      },
    },
    prepare: (data) => resolve(data),
  },
  {
    name: 'digits',
    data: 'none: two digits of 5 x 7 points that move, made by a seed',
    metrics: ['frame-mse', 'psnr', 'ssim'],
    target: 'MSE at most half of that of the copied last frame',
    experiment: {
      dataset: { name: 'digits', sample: 'moving-digits-1000.npy' },
      task: { kind: 'video' },
      model: { kind: 'lstm' },
      training: { epochs: 12 },
    },
  },
];

const USAGE = `usage: npm run bench -- pictures TASK [options]

TASK: ${PRESETS.map(({ name }) => name).join(', ')}
--data PATH   ${PRESETS.map(({ name, data }) => `${name}: ${data}`).join('\n              ')}
--seeds N     default 3
--set PATH=VALUE   changes the experiment, as in hindcast train; may be repeated`;

const OPTIONS = {
  data: { type: 'string' },
  seeds: { type: 'string', default: '3' },
  set: { type: 'string', multiple: true, default: [] as string[] },
} as const;

export async function bench(args: readonly string[]): Promise<void> {
  const { values, positionals } = readArguments(args, OPTIONS, USAGE);
  const preset = PRESETS.find(({ name }) => name === positionals[0]);
  if (!preset) return refuse(`There is no task ${positionals[0] ?? ''}.`, USAGE);
  if (preset.prepare && values.data === undefined) return refuse('--data is missing.', USAGE);
  const count = countOf(values.seeds, '--seeds', 'seeds', USAGE);
  const seeds = Array.from({ length: count }, (_, index) => index + 1);
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-pictures-'));
  try {
    await measure(preset, { data: values.data, folder, seeds, changes: values.set });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
