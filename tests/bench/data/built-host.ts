// The built program as host of a workspace, and what it and its children used.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type OpenEngine, openEngine } from '../../../engine/hosts/engine/open-engine.ts';
import { readRendezvous } from '../../../engine/hosts/engine/rendezvous.ts';

const EVERY_MS = 100;
/** Ticks of the clock in which Linux counts CPU time. */
const TICKS_A_SECOND = 100;

export interface BuiltHost {
  readonly engine: OpenEngine;
  /** Of the process that holds the workspace. */
  readonly pid: number;
  close(): Promise<void>;
}

/** Error: it ended before it served, as where nothing is built. */
export async function startBuiltHost(workspacePath: string): Promise<BuiltHost> {
  const program = join(import.meta.dirname, '../../../bin/hindcast.js');
  const args = [program, 'serve', '--no-open', '--port', '0', '--workspace', workspacePath];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const failed = ended.then(() => Promise.reject(new Error('The built host ended: run npm run build.')));
  await Promise.race([new Promise((resolve) => child.stdout.once('data', resolve)), failed]);
  const engine = await openEngine({ workspacePath, log: () => {} });
  return {
    engine,
    pid: readRendezvous(workspacePath)?.pid ?? 0,
    async close() {
      await engine.close();
      child.kill('SIGTERM');
      await ended;
      await failed.catch(() => {});
    },
  };
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Seconds of a process and of its children that have ended; 0 where the system does not tell. */
function cpuSeconds(pid: number): number {
  const fields = read(`/proc/${pid}/stat`)
    .replace(/^.*\) /, '')
    .split(' ');
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return Number.isNaN(ticks) ? 0 : ticks / TICKS_A_SECOND;
}

/** Kilobytes of memory that each child has had at most. */
function sizesOfChildren(pid: number): number[] {
  const own = `PPid:\t${pid}\n`;
  return readdirSync('/proc').flatMap((name) => {
    const status = /^\d+$/.test(name) ? read(`/proc/${name}/status`) : '';
    return status.includes(own) ? [Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0)] : [];
  });
}

/** A child counts for its parent once it has ended. */
async function childrenEnded(pid: number): Promise<void> {
  while (sizesOfChildren(pid).length > 0) await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
}

export interface Used {
  readonly seconds: number;
  /** Of the host and its children; 0 where the system does not tell (it does on Linux). */
  readonly cpuSeconds: number;
  /** The most memory of a child; 0 likewise. */
  readonly bytes: number;
}

export async function usedBy({ pid }: BuiltHost, work: () => Promise<void>): Promise<Used> {
  const isTold = process.platform === 'linux';
  let bytes = 0;
  const sample = (): void => {
    bytes = Math.max(bytes, ...sizesOfChildren(pid).map((size) => 1024 * size));
  };
  const timer = isTold ? setInterval(sample, EVERY_MS) : undefined;
  const before = cpuSeconds(pid);
  const startedAt = performance.now();
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  if (isTold) await childrenEnded(pid);
  return { seconds, cpuSeconds: cpuSeconds(pid) - before, bytes };
}
