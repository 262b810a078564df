// A round with samples: their import is killed, or the disk runs full, until it succeeds; then a classifier or a language model is trained,
// killed and resumed. Oracles: nothing is left of an import that failed; weights, metric rows and written texts equal those of an
// undisturbed training of the same data; `hindcast check` finds nothing.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openWorkspace } from '../../engine/store/workspace.ts';
import { disturb, finish, start, succeed, type Trained, trainedIn, type Victim } from './host-round.ts';
import { below, type Random } from './random.ts';

const TASKS = ['classify', 'generate'] as const;
const CALAMITIES = ['killed', 'of a killed process', 'on a full disk'] as const;

interface SampleRound extends Trained {
  readonly task: (typeof TASKS)[number];
  readonly imported: (typeof CALAMITIES)[number];
  readonly victim: Victim;
}

const WORDS = ['rain', 'wind', 'sun', 'snow', 'fog', 'hail', 'frost', 'storm'];
const wordAt = (index: number): string => WORDS[(index * index + 3 * index) % WORDS.length]!;
const sentence = (index: number): string => [0, 1, 2, 3, 4].map((word) => wordAt(index + word)).join(' ');

/** An import takes a moment. */
const ROWS = 800;

function writeData(folder: string, task: SampleRound['task']): string {
  const path = join(folder, task === 'classify' ? 'data.csv' : 'data.txt');
  const rows = Array.from({ length: ROWS }, (_, index) =>
    task === 'classify' ? `${sentence(index)},${index % 3 === 0 ? 'wet' : 'dry'}` : `${sentence(index)}.`,
  );
  writeFileSync(path, `${task === 'classify' ? 'text,label\n' : ''}${rows.join('\n')}\n`);
  return path;
}

function writeExperiment(folder: string, task: SampleRound['task']): string {
  const path = join(folder, 'experiment.json');
  const experiment = {
    name: 'small',
    dataset: { name: 'data' },
    task: { kind: task },
    model: { kind: 'gru', units: 8 },
    training: { epochs: 2, batchSize: 64 },
  };
  writeFileSync(path, JSON.stringify(experiment));
  return path;
}

/** @throws Error that says what was not as it should be. */
export async function playSampleRound(folder: string, random: Random): Promise<SampleRound> {
  const task = TASKS[below(random, TASKS.length)]!;
  const imported = CALAMITIES[below(random, CALAMITIES.length)]!;
  const workspace = join(folder, 'w.hindcast');
  const data = writeData(folder, task);
  if (imported === 'on a full disk') await importOnFullDisk(folder, data, workspace);
  else {
    const attempt = start(importOf(data, task, workspace));
    await disturb(attempt, imported === 'killed' ? 'host' : 'trainer', 200 + below(random, 1_500));
  }
  await importUntilThere(data, task, workspace);
  const copy = join(folder, 'undisturbed.hindcast');
  copyFileSync(workspace, copy);
  const experiment = writeExperiment(folder, task);
  await succeed('train', experiment, '--workspace', copy);
  const expected = await everythingIn(copy);
  const victims = ['host', 'trainer', 'host, twice'] as const;
  const victim = victims[below(random, victims.length)]!;
  await disturb(start(['train', experiment, '--workspace', workspace]), victim, 300 + below(random, 3_000));
  if (victim === 'host, twice')
    await disturb(start(['resume', '1', '--workspace', workspace]), victim, below(random, 2_000));
  await finish(workspace, experiment);
  const found = await everythingIn(workspace);
  if (JSON.stringify(found) !== JSON.stringify(expected))
    throw new Error(`${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`);
  return { task, imported, victim, weightsHash: found.weightsHash, rowsHash: found.rowsHash };
}

const importOf = (data: string, task: SampleRound['task'], workspace: string): string[] => [
  ...['import', data, '--name', 'data', '--workspace', workspace],
  ...(task === 'generate' ? ['--as', 'text'] : []),
];

/** What was killed either took effect or left nothing. */
async function importUntilThere(data: string, task: SampleRound['task'], workspace: string): Promise<void> {
  const { code, stdout } = await start(['datasets', '--json', '--workspace', workspace]).ended;
  const there = (code === 0 ? JSON.parse(stdout) : []) as readonly { readonly versions: number }[];
  if (there.length > 1 || (there[0]?.versions ?? 1) !== 1) throw new Error(`${stdout} after an import`);
  if (there.length === 0) await succeed(...importOf(data, task, workspace));
  await succeed('check', '--workspace', workspace);
}

/** On a small disk of its own, where this user may mount one; else on this one, where it succeeds. */
async function importOnFullDisk(folder: string, data: string, workspace: string): Promise<void> {
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', disk]).status === 0;
  if (!isMounted) return;
  try {
    const path = join(disk, 'w.hindcast');
    await succeed('datasets', '--workspace', path).catch(() => '');
    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(join(disk, 'ballast'), new Uint8Array(Math.max(0, bavail * bsize - 200_000)));
    const { code, stderr } = await start(['import', data, '--name', 'data', '--workspace', path]).ended;
    if (code !== 1 || !/^hindcast: .*(room|space|full|grow)/im.test(stderr))
      throw new Error(`an import on a full disk ended with ${code}: ${stderr}`);
  } finally {
    spawnSync('umount', ['-l', disk]);
  }
  // The same on a disk with room: nothing of the first one is in its way.
  await succeed('datasets', '--workspace', workspace).catch(() => '');
}

interface Everything extends Trained {
  readonly texts: readonly unknown[];
}

async function everythingIn(path: string): Promise<Everything> {
  const trained = await trainedIn(path);
  const workspace = openWorkspace(path, { create: false, now: Date.now });
  try {
    return { ...trained, texts: workspace.texts.read(workspace.runs.resolve(1)) };
  } finally {
    workspace.close();
  }
}
