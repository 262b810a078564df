// `npm run bench -- sequences TASK --data PATH`: imports the data of a preset as a user does, trains it with several seeds and prints the scores
// beside the target and the best baseline (docs/sequences.md, texts.md, translation.md and labels.md have the tables). `sequences sound` times
// the way of recordings.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunDetail } from '../../../engine/contract/runs/run.ts';
import { ENSEMBLE, type EnsembleResult } from '../../../engine/contract/studies/ensemble.ts';
import { hindcast, meanText } from '../hindcast.ts';
import { countOf, readArguments, refuse } from '../options.ts';
import { startClock } from './clock.ts';
import type { Preset } from './preset.ts';
import { PRESETS } from './presets.ts';
import { measureSound, SOUND } from './sound.ts';
import { TEXT_PRESETS } from './text-presets.ts';

const ALL = [...PRESETS, ...TEXT_PRESETS];
const TASKS = [...ALL, SOUND];
const USAGE = `usage: npm run bench -- sequences TASK --data PATH [options]

TASK: ${TASKS.map(({ name }) => name).join(', ')}
--data PATH   ${TASKS.map(({ name, data }) => `${name}: ${data}`).join('\n              ')}
--seeds N     default 3
--set PATH=VALUE   changes the experiment, as in hindcast train; may be repeated
--together N       of translators: puts the runs of each N seeds together, as hindcast ensemble does
--twin PYTHON      of classes: trains the PyTorch twin beside it (of the first variant); a Python with torch and numpy`;

const OPTIONS = {
  data: { type: 'string' },
  seeds: { type: 'string', default: '3' },
  set: { type: 'string', multiple: true, default: [] as string[] },
  together: { type: 'string' },
  twin: { type: 'string' },
} as const;

export async function bench(args: readonly string[]): Promise<void> {
  const { values, positionals } = readArguments(args, OPTIONS, USAGE);
  const name = positionals[0] ?? '';
  const preset = ALL.find((one) => one.name === name);
  if (!preset && name !== SOUND.name) return refuse(`There is no task ${name}.`, USAGE);
  if (values.data === undefined) return refuse('--data is missing.', USAGE);
  const count = countOf(values.seeds, '--seeds', 'seeds', USAGE);
  const together =
    values.together === undefined ? null : countOf(values.together, '--together', 'runs', USAGE);
  const seeds = Array.from({ length: count }, (_, index) => index + 1);
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-sequences-'));
  try {
    if (!preset) return measureSound(values.data, folder);
    const found = await measure(preset, { data: values.data, folder, seeds, changes: values.set });
    if (together !== null) putTogether(preset, found, folder, together);
    if (values.twin && PRESETS.includes(preset)) await besideTwin(found, folder, values.twin);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Measured {
  /** Undefined where the experiment names sample data. */
  readonly data: string | undefined;
  readonly folder: string;
  readonly seeds: readonly number[];
  readonly changes: readonly string[];
}

/** The runs of one seed, one for each variant. */
type SeedRuns = readonly RunDetail[];

export async function measure(
  preset: Preset,
  { data, folder, seeds, changes }: Measured,
): Promise<readonly SeedRuns[]> {
  const run = (...args: string[]) => hindcast(folder, args);
  const importing = startClock();
  if (preset.prepare && data !== undefined) {
    const path = await preset.prepare(data, folder);
    run('import', path, '--name', preset.name, ...(preset.importOptions ?? []));
  }
  console.log(`${preset.name}: imported in ${importing()}`);
  const file = join(folder, 'experiment.json');
  const experiment = { name: preset.name, dataset: { name: preset.name }, task: { kind: 'classify' } };
  writeFileSync(file, JSON.stringify({ ...experiment, ...preset.experiment }));
  const found = seeds.map(
    (seed): SeedRuns =>
      (preset.variants ?? [[]]).map((variant) => {
        const set = [...variant, ...changes].flatMap((change) => ['--set', change]);
        const training = startClock();
        const { id } = run('train', file, '--seed', String(seed), ...set) as { readonly id: number };
        const time = training();
        const detail = run('show', String(id)) as RunDetail;
        console.log(`  seed ${seed} ${variant.join(' ')}: ${lineOf(detail, preset)}, ${time}`);
        return detail;
      }),
  );
  summarise(preset, found);
  return found;
}

/** Seeds that are left over make no ensemble. */
function putTogether({ metrics }: Preset, found: readonly SeedRuns[], folder: string, size: number): void {
  const runs = found.map(([run]) => String(run!.id));
  const ensembles = Array.from({ length: Math.floor(runs.length / size) }, (_, index) => {
    const members = runs.slice(index * size, (index + 1) * size);
    return hindcast(folder, ['ensemble', ...members]) as EnsembleResult;
  });
  for (const metric of metrics) {
    const values = ensembles.map(
      ({ scores }) =>
        scores.find((one) => one.subject === ENSEMBLE && one.metric === metric)?.value ?? Number.NaN,
    );
    console.log(`${metric.padEnd(20)} ${`${size} runs together`.padEnd(22)} ${meanText(values, 4)}`);
  }
}

/** Of the first variant alone, which is the only one of most presets. */
async function besideTwin(found: readonly SeedRuns[], folder: string, python: string): Promise<void> {
  const runs = found.map(([run]) => run!);
  // Only now: TensorFlow.js takes a second to load.
  const { runTwin } = await import('./twin.ts');
  const twin = await runTwin(runs[0]!, folder, { python, seeds: runs.length });
  const own = runs.map((run) => scoreOf(run, 'test', 'model', 'accuracy'));
  console.log(
    `accuracy: Hindcast ${meanText(own, 4)}, PyTorch ${meanText(twin.accuracies, 4)}; a step on one thread: ${twin.ownStepMs.toFixed(1)} and ${twin.stepMs.toFixed(1)} ms of CPU`,
  );
}

const scoreOf = ({ scores }: RunDetail, part: string, subject: string, metric: string): number =>
  scores.find((one) => one.part === part && one.subject === subject && one.metric === metric)?.value ??
  Number.NaN;

/** Of the test part, with validation in brackets: by that one settings are chosen. */
const lineOf = (run: RunDetail, { metrics }: Preset): string =>
  metrics
    .map((metric) => {
      const [test, validation] = ['test', 'validation'].map((part) => scoreOf(run, part, 'model', metric));
      return `${metric} ${test!.toFixed(4)} (validation ${validation!.toFixed(4)})`;
    })
    .join(', ');

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** A variant whose test part lacks a class has no score of its own, such as an AUC, and does not count. */
function summarise({ metrics, target }: Preset, found: readonly SeedRuns[]): void {
  const subjects = new Set(found.flat().flatMap(({ scores }) => scores.map(({ subject }) => subject)));
  for (const metric of metrics) {
    for (const subject of subjects) {
      const ofSeeds = found.map((runs) =>
        mean(
          runs.map((run) => scoreOf(run, 'test', subject, metric)).filter((value) => !Number.isNaN(value)),
        ),
      );
      console.log(`${metric.padEnd(20)} ${subject.padEnd(22)} ${meanText(ofSeeds, 4)}`);
    }
  }
  console.log(`target: ${target}`);
}
