// The lists and curves of bench-store.ts as a client gets them: through the API, over a socket, from a host in another process.
// Also the time of a whole command, and the memory of host and training process.
import { fork, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MetricsFrame } from '../../../engine/contract/datasets/frames.ts';
import { readRunList } from '../../../engine/contract/runs/run-list.ts';
import { openEngine } from '../../../engine/hosts/engine/open-engine.ts';
import { projectRoot } from '../../../engine/hosts/node/paths.ts';
import { openWorkspace } from '../../../engine/store/workspace.ts';
import { report } from '../report.ts';
import { fillWorkspace, RUNS } from './large-workspace.ts';

const series = (name: string, work: () => unknown, repeats?: number) => report('api  ', name, work, repeats);

export async function benchApi(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hindcast-bench-'));
  try {
    const path = join(folder, 'w.hindcast');
    const filled = openWorkspace(path, { create: true, now: Date.now });
    const run = fillWorkspace(filled);
    filled.close();
    await throughSocket(path, run);
    await series('hindcast runs, process start to end (target 1,000)', () => hindcast(path, 'runs'), 9);
    await series('hindcast --help', () => hindcast(path, '--help'), 9);
    await memory(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function throughSocket(path: string, run: number): Promise<void> {
  const host = fork(join(import.meta.dirname, 'host-process.ts'), [path]);
  await new Promise((resolve) => host.once('message', resolve));
  const engine = await openEngine({ workspacePath: path, log: () => {} });
  await series(`run list of ${RUNS} (target 50)`, async () => readRunList(await engine.client.runs.list({})));
  await series(`run list of ${RUNS}, one run renamed before each`, async () => {
    await engine.client.runs.rename({ run, name: `renamed ${performance.now()}` });
    return readRunList(await engine.client.runs.list({}));
  });
  await series('curves of 100,000 points (target 50)', async () =>
    MetricsFrame.fromAnswer(await engine.client.runs.metrics({ run, scope: 'step' })),
  );
  await series('detail of a run', () => engine.client.runs.get({ run }));
  await engine.close();
  host.disconnect();
  await new Promise((resolve) => host.once('exit', resolve));
}

export async function hindcast(path: string, ...args: string[]): Promise<void> {
  const child = spawn(
    process.execPath,
    [join(projectRoot, 'bin', 'hindcast.js'), ...args, '--workspace', path],
    { stdio: 'ignore' },
  );
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`hindcast ${args.join(' ')} ended with ${code}`);
}

/** Peak resident memory while the sample experiment trains in the large workspace. */
async function memory(path: string): Promise<void> {
  const sample = join(projectRoot, 'samples', 'sp500-lstm.json');
  const child = spawn(
    process.execPath,
    [join(projectRoot, 'bin', 'hindcast.js'), 'train', sample, '--workspace', path],
    { stdio: 'ignore' },
  );
  const peaks = new Map<string, number>();
  const timer = setInterval(() => {
    for (const [name, pid] of [
      ['host', child.pid],
      ['training process', trainerOf(child.pid)],
    ] as const) {
      const megabytes = pid === undefined ? undefined : peakMegabytes(pid);
      if (megabytes !== undefined) peaks.set(name, megabytes);
    }
  }, 50);
  await new Promise((resolve) => child.once('close', resolve));
  clearInterval(timer);
  for (const [name, megabytes] of peaks)
    console.log(`api    peak memory of the ${name}: ${megabytes.toFixed(0)} MB`);
}

/** Linux only; elsewhere nothing is printed. */
function trainerOf(pid: number | undefined): number | undefined {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
      .trim()
      .split(' ')
      .filter(Boolean)
      .map(Number);
    return children.find((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('trainer'));
  } catch {
    return undefined;
  }
}

function peakMegabytes(pid: number): number | undefined {
  try {
    const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
}
