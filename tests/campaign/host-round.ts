// A round with the whole program: a training command or its worker process is killed at a random moment, then the run is resumed
// to its end. Oracles: weights and metric rows equal those of an undisturbed run bit for bit, and `hindcast check` finds nothing.
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openWorkspace } from '../../engine/store/workspace.ts';

const ROOT = join(import.meta.dirname, '../..');

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function start(args: readonly string[]): {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
} {
  const child = spawn(process.execPath, [join(ROOT, 'bin/hindcast.js'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (text) => {
    stdout += text;
  });
  child.stderr.on('data', (text) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve) =>
    child.once('close', (code) => resolve({ code, stdout, stderr })),
  );
  return { child, ended };
}

export async function succeed(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await start(args).ended;
  if (code !== 0) throw new Error(`hindcast ${args.join(' ')} ended with ${code}: ${stderr}`);
  return stdout;
}

/** Children of a process, by Linux's own table. */
function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((candidate) => {
      try {
        const stat = readFileSync(`/proc/${candidate}/stat`, 'utf8');
        return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid;
      } catch {
        return false;
      }
    });
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It was quicker.
  }
}

/** A small experiment that trains for about a second. */
function writeExperiment(folder: string): string {
  const sample = JSON.parse(readFileSync(join(ROOT, 'samples/sp500-lstm.json'), 'utf8')) as {
    readonly training: object;
  };
  const path = join(folder, 'experiment.json');
  writeFileSync(path, JSON.stringify({ ...sample, training: { ...sample.training, epochs: 3 } }));
  return path;
}

/** What a training leaves. */
export interface Trained {
  readonly weightsHash: string;
  /** SHA-256 of all metric rows. */
  readonly rowsHash: string;
}

export type Victim = 'host' | 'trainer' | 'host, twice';

interface HostRound extends Trained {
  readonly victim: Victim;
}

export async function trainedIn(path: string): Promise<Trained> {
  const run = JSON.parse(await succeed('show', '1', '--json', '--workspace', path)) as {
    readonly state: string;
    readonly weightsHash: string | null;
  };
  if (run.state !== 'completed') throw new Error(`the run is ${run.state}`);
  return { weightsHash: String(run.weightsHash), rowsHash: hashOfRows(path) };
}

function hashOfRows(path: string): string {
  const workspace = openWorkspace(path, { create: false, now: Date.now });
  try {
    const hash = createHash('sha256');
    for (const scope of ['step', 'epoch'] as const) {
      const { header, columns } = workspace.metrics.read(workspace.runs.resolve(1), scope);
      for (const [index, name] of header.names.entries()) hash.update(name).update(columns.values[index]!);
    }
    return hash.digest('hex');
  } finally {
    workspace.close();
  }
}

/** The undisturbed run. */
export async function undisturbed(folder: string): Promise<Trained> {
  const workspace = join(folder, 'undisturbed.hindcast');
  await succeed('train', writeExperiment(folder), '--workspace', workspace);
  return trainedIn(workspace);
}

/** @throws Error that says what was not as it should be. */
export async function playHostRound(
  folder: string,
  random: () => number,
  expected: Trained,
): Promise<HostRound> {
  const workspace = join(folder, 'w.hindcast');
  const experiment = writeExperiment(folder);
  const victims = ['host', 'trainer', 'host, twice'] as const;
  const victim = victims[Math.floor(random() * victims.length)] ?? 'host';
  await disturb(start(['train', experiment, '--workspace', workspace]), victim, 300 + random() * 1_700);
  if (victim === 'host, twice')
    await disturb(start(['resume', '1', '--workspace', workspace]), victim, random() * 2_000);
  await finish(workspace, experiment);
  const trained = await trainedIn(workspace);
  if (JSON.stringify(trained) !== JSON.stringify(expected))
    throw new Error(`${JSON.stringify(trained)} instead of ${JSON.stringify(expected)}`);
  return { victim, ...trained };
}

/** Killed before it had a run, it trains from the start; a run that is done already needs nothing. Then the check finds nothing. */
export async function finish(workspace: string, experiment: string): Promise<void> {
  const runs = await start(['runs', '--json', '--workspace', workspace]).ended;
  const listed = (runs.code === 0 ? JSON.parse(runs.stdout) : []) as readonly { readonly state: string }[];
  const state = listed[0]?.state;
  if (state === undefined) await succeed('train', experiment, '--workspace', workspace);
  else if (state !== 'completed') await succeed('resume', '1', '--workspace', workspace);
  await succeed('check', '--workspace', workspace);
}

/** Kills the command, or its worker processes, after a while. */
export async function disturb(
  { child, ended }: ReturnType<typeof start>,
  victim: Victim,
  delayMs: number,
): Promise<void> {
  const timer = setTimeout(() => {
    const host = child.pid ?? 0;
    const workers = childrenOf(host);
    for (const pid of victim === 'trainer' ? workers : [host]) kill(pid);
  }, delayMs);
  await ended;
  clearTimeout(timer);
}
