// Channels of different lengths become one block, in which what is missing takes room, too.

/** Blocks up to this many values are fine, whatever is missing. */
const HARMLESS = 100_000;
/** Cells for each value that is there. */
const MOST_TIMES = 32;

/** The longest channel; null where a block of all would be nearly empty, and perhaps larger than the memory. */
export function stepsOf(channels: readonly { readonly length: number }[]): number | null {
  let [steps, values] = [0, 0];
  for (const { length } of channels) {
    steps = Math.max(steps, length);
    values += length;
  }
  const cells = steps * channels.length;
  return cells > HARMLESS && cells > MOST_TIMES * values ? null : steps;
}
