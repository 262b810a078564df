// Seconds that passed, with how busy the machine was: another program that computes makes them more.
import { loadavg } from 'node:os';

/** @returns since the start: `12.0 s at a load of 1.1` */
export function startClock(): () => string {
  const began = performance.now();
  return () =>
    `${((performance.now() - began) / 1_000).toFixed(1)} s at a load of ${loadavg()[0]!.toFixed(1)}`;
}

/** Of this process alone, in seconds. */
export function startCpuClock(): () => number {
  const began = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1_000_000;
  };
}
