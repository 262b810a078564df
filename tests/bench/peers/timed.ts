// Wall and CPU time of a program with all its children, by the shell.
import { spawnSync } from 'node:child_process';

export interface Measured {
  readonly wallS: number;
  /** Of user and system. */
  readonly cpuS: number;
}

/** @throws Error with what the program said where it fails */
export function timed(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): { readonly measured: Measured; readonly stdout: string } {
  const script = 'TIMEFORMAT="%R %U %S"; time "$0" "$@"';
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script, program, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env, LC_ALL: 'C' },
  });
  if (status !== 0) throw new Error(`${program} ${args[0]}: ${stderr}`);
  const times = stderr.trim().split('\n').at(-1)!.split(' ').map(Number);
  return { measured: { wallS: times[0]!, cpuS: times[1]! + times[2]! }, stdout };
}
