// `npm run bench -- sequences TASK --data PATH`: imports the data of a preset as a user does, trains it with several seeds and prints the scores
// beside the target and the best baseline (docs/sequences.md, texts.md, translation.md and labels.md have the tables).
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunDetail } from '../../../engine/contract/run.ts';
import { hindcast } from '../hindcast.ts';
import { readArguments, refuse } from '../options.ts';
import type { Preset } from './preset.ts';
import { PRESETS } from './presets.ts';
import { TEXT_PRESETS } from './text-presets.ts';

const ALL = [...PRESETS, ...TEXT_PRESETS];

const USAGE = `usage: npm run bench -- sequences TASK --data PATH [options]

TASK: ${ALL.map(({ name }) => name).join(', ')}
--data PATH   ${ALL.map(({ name, data }) => `${name}: ${data}`).join('\n              ')}
--seeds N     default 3
--set PATH=VALUE   changes the experiment, as in hindcast train; may be repeated`;

const OPTIONS = {
  data: { type: 'string' },
  seeds: { type: 'string', default: '3' },
  set: { type: 'string', multiple: true, default: [] as string[] },
} as const;

export async function bench(args: readonly string[]): Promise<void> {
  const { values, positionals } = readArguments(args, OPTIONS, USAGE);
  const preset = ALL.find(({ name }) => name === positionals[0]);
  if (!preset) return refuse(`There is no task ${positionals[0] ?? ''}.`, USAGE);
  if (values.data === undefined) return refuse('--data is missing.', USAGE);
  const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => index + 1);
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-sequences-'));
  try {
    await measure(preset, { data: values.data, folder, seeds, changes: values.set });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Measured {
  readonly data: string;
  readonly folder: string;
  readonly seeds: readonly number[];
  readonly changes: readonly string[];
}

async function measure(preset: Preset, { data, folder, seeds, changes }: Measured): Promise<void> {
  const run = (...args: string[]) => hindcast(folder, args);
  const began = performance.now();
  run('import', await preset.prepare(data, folder), '--name', preset.name, ...(preset.importOptions ?? []));
  console.log(`${preset.name}: imported in ${((performance.now() - began) / 1_000).toFixed(1)} s`);
  const file = join(folder, 'experiment.json');
  const experiment = { name: preset.name, dataset: { name: preset.name }, task: { kind: 'classify' } };
  writeFileSync(file, JSON.stringify({ ...experiment, ...preset.experiment }));
  const found: RunDetail[] = [];
  for (const variant of preset.variants ?? [[]]) {
    for (const seed of seeds) {
      const set = [...variant, ...changes].flatMap((change) => ['--set', change]);
      const started = performance.now();
      const { id } = run('train', file, '--seed', String(seed), ...set) as { readonly id: number };
      const seconds = ((performance.now() - started) / 1_000).toFixed(0);
      const detail = run('show', String(id)) as RunDetail;
      found.push(detail);
      console.log(`  seed ${seed} ${variant.join(' ')}: ${lineOf(detail, preset)}, ${seconds} s`);
    }
  }
  summarise(preset, found);
}

const scoreOf = ({ scores }: RunDetail, subject: string, metric: string): number =>
  scores.find((one) => one.part === 'test' && one.subject === subject && one.metric === metric)?.value ??
  Number.NaN;

const lineOf = (run: RunDetail, { metrics }: Preset): string =>
  `${metrics.map((metric) => `${metric} ${scoreOf(run, 'model', metric).toFixed(4)}`).join(', ')}`;

function summarise({ metrics, target }: Preset, runs: readonly RunDetail[]): void {
  const subjects = [...new Set(runs.flatMap(({ scores }) => scores.map(({ subject }) => subject)))];
  for (const metric of metrics) {
    for (const subject of subjects) {
      const values = runs.map((run) => scoreOf(run, subject, metric)).filter((value) => !Number.isNaN(value));
      if (values.length === 0) continue;
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const square = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
      const deviation = Math.sqrt(square / Math.max(1, values.length - 1));
      console.log(
        `${metric.padEnd(20)} ${subject.padEnd(22)} ${mean.toFixed(4)} +- ${deviation.toFixed(4)} (${values.length} runs)`,
      );
    }
  }
  console.log(`target: ${target}`);
}
