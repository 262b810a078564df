// The translation of the training source that is most alike: by shared runs of three letters (Dice's coefficient).
import type { PairBaseline } from './pair-baseline.ts';

const RUN = 3;
const YIELD_AFTER = 500;

export const translationMemory: PairBaseline = {
  subject: 'translation-memory',
  meaning:
    'The translation of the training text that shares most runs of three letters with the one that is read.',
  follows: 'fit',
  *learn({ train }) {
    const exact = new Map<string, number>();
    const holders = new Map<string, number[]>();
    const sizes = new Int32Array(train.length);
    for (const [index, { source }] of train.entries()) {
      if (!exact.has(source)) exact.set(source, index);
      const runs = runsOf(source);
      sizes[index] = runs.size;
      for (const run of runs) {
        const found = holders.get(run);
        if (found) found.push(index);
        else holders.set(run, [index]);
      }
      if (index % YIELD_AFTER === 0) yield;
    }
    const shared = new Int32Array(train.length);
    return (source) => {
      const same = exact.get(source);
      if (same !== undefined) return train[same]!.target;
      const runs = runsOf(source);
      const touched: number[] = [];
      for (const run of runs)
        for (const index of holders.get(run) ?? []) {
          if (shared[index] === 0) touched.push(index);
          shared[index]! += 1;
        }
      let best = 0;
      let most = -1;
      for (const index of touched) {
        const alike = (2 * shared[index]!) / (runs.size + sizes[index]!);
        if (alike > most || (alike === most && index < best)) [best, most] = [index, alike];
        shared[index] = 0;
      }
      return train[best]!.target;
    };
  },
};

/** With the beginning and the end of the text as signs. */
function runsOf(text: string): Set<string> {
  const letters = ['\u0002', ...text, '\u0003'];
  const runs = new Set<string>();
  for (let at = 0; at + RUN <= letters.length; at++) runs.add(letters.slice(at, at + RUN).join(''));
  if (runs.size === 0) runs.add(text);
  return runs;
}
