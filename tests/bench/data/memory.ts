// The largest memory that a child process of this one had while something ran, where the system tells it (Linux).
import { readdirSync, readFileSync } from 'node:fs';

const EVERY_MS = 100;

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function largestOfChildren(): number {
  const own = `PPid:\t${process.pid}\n`;
  let most = 0;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const status = read(`/proc/${name}/status`);
    if (!status.includes(own)) continue;
    most = Math.max(most, Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0));
  }
  return most * 1024;
}

/** Bytes; null where they are not told. */
export async function peakOfChildren(work: () => Promise<void>): Promise<number | null> {
  if (process.platform !== 'linux') {
    await work();
    return null;
  }
  let most = 0;
  const timer = setInterval(() => {
    most = Math.max(most, largestOfChildren());
  }, EVERY_MS);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return most;
}
