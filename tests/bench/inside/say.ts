// One line for each measurement against a target.

/** Milliseconds below which 95 % of the calls stay. */
export async function p95Of(work: (index: number) => unknown, repeats: number): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < repeats; index++) {
    const startedAt = performance.now();
    await work(index);
    times.push(performance.now() - startedAt);
  }
  return times.toSorted((a, b) => a - b)[Math.ceil(0.95 * repeats) - 1]!;
}

export function say(name: string, value: number, target: number, unit = 'ms'): void {
  const verdict = value <= target ? 'met' : 'missed';
  console.log(
    `inside  ${name.padEnd(56)} ${value.toPrecision(3).padStart(8)} ${unit} (target ${target}) ${verdict}`,
  );
}
