// One line for each measurement, against a target or beside another one.

/** Milliseconds below which 95 % of the calls stay. */
export async function p95Of(work: (index: number) => unknown, repeats: number): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < repeats; index++) {
    const startedAt = performance.now();
    await work(index);
    times.push(performance.now() - startedAt);
  }
  return p95Among(times);
}

export const p95Among = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.ceil(0.95 * times.length) - 1]!;

export const medianOf = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[times.length >> 1]!;

export function say(name: string, value: number, target: number, unit = 'ms'): void {
  const verdict = value <= target ? 'met' : 'missed';
  console.log(`${line(name, value)} ${unit} (target ${target}) ${verdict}`);
}

export function sayPlain(name: string, value: number, unit: string): void {
  console.log(`${line(name, value)} ${unit}`);
}

export function sayAtLeast(name: string, perSecond: number, target: number): void {
  const verdict = perSecond >= target ? 'met' : 'missed';
  console.log(`${line(name, perSecond)} a second (target ${target}) ${verdict}`);
}

const line = (name: string, value: number): string =>
  `inside  ${name.padEnd(60)} ${value.toPrecision(3).padStart(8)}`;
