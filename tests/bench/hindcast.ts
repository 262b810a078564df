// The built command line, for benchmarks that do what a user does.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** The JSON that it answers with, in the workspace of that folder. @throws Error with what it said where it fails */
export function hindcast(folder: string, args: readonly string[]): unknown {
  const program = join(import.meta.dirname, '../../bin/hindcast.js');
  const workspace = join(folder, 'workspace.hindcast');
  const given = [program, ...args, '--workspace', workspace, '--json'];
  const { status, stdout, stderr } = spawnSync(process.execPath, given, {
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(`hindcast ${args.join(' ')}: ${stderr}`);
  return JSON.parse(stdout);
}

/** `0.366 +- 0.002 (3 seeds)`; the deviation is that of a sample. */
export function meanText(values: readonly number[], digits: number): string {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const square = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  if (values.length < 2) return `${mean.toFixed(digits)} (1 seed)`;
  return `${mean.toFixed(digits)} +- ${Math.sqrt(square / (values.length - 1)).toFixed(digits)} (${values.length} seeds)`;
}
