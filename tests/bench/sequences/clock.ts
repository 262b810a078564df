// Seconds that passed, and CPU seconds of this process and of the programs that it started and that have ended.
import { readFileSync } from 'node:fs';

const TICKS_A_SECOND = 100;
/** Fields behind the name of the program: user and system time of children that were waited for, with their own children. */
const [USER, SYSTEM] = [13, 14] as const;

/** @returns since the start: `12 s, CPU 15 s` */
export function startClock(): () => string {
  const [began, used] = [performance.now(), cpuSeconds()];
  return () => {
    const wall = `${((performance.now() - began) / 1_000).toFixed(1)} s`;
    const cpu = cpuSeconds();
    return cpu === null || used === null ? wall : `${wall}, CPU ${(cpu - used).toFixed(1)} s`;
  };
}

/** Null where the system does not say it. */
function cpuSeconds(): number | null {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]!.split(' ');
    const children = (Number(fields[USER]) + Number(fields[SYSTEM])) / TICKS_A_SECOND;
    const { user, system } = process.cpuUsage();
    return children + (user + system) / 1_000_000;
  } catch {
    return null;
  }
}
