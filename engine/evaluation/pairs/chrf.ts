// chrF2 of a corpus (Popovic 2015) as sacreBLEU computes it: runs of 1 to 6 characters without spaces, recall counts four times as much as
// precision, of several references the best one. From 0 to 100.
import type { CorpusPair } from './bleu.ts';

const ORDER = 6;
const FACTOR = 4;

/** By order: runs of what was written, of the reference, and of both. */
type Counts = Float64Array;
const FIELDS = 3;

export function chrf(pairs: readonly CorpusPair[]): number {
  const sums = new Float64Array(ORDER * FIELDS);
  for (const { written, references } of pairs) {
    const said = runsOf(written);
    let best: { readonly score: number; readonly counts: Counts } | null = null;
    for (const reference of references) {
      const counts = countsOf(said, runsOf(reference));
      const score = scoreOf(counts);
      if (best === null || score > best.score) best = { score, counts };
    }
    if (best) for (let at = 0; at < sums.length; at++) sums[at]! += best.counts[at]!;
  }
  return scoreOf(sums);
}

/** How alike texts are: chrF2 of each as what was written, with each as the only reference. [written][reference] */
export function chrfBetween(texts: readonly string[]): number[][] {
  const runs = texts.map(runsOf);
  return runs.map((written) => runs.map((reference) => scoreOf(countsOf(written, reference))));
}

function runsOf(text: string): Map<string, number>[] {
  const letters = [...text.replace(/\s+/g, '')];
  return Array.from({ length: ORDER }, (_, index) => {
    const counts = new Map<string, number>();
    for (let at = 0; at + index < letters.length; at++) {
      const run = letters.slice(at, at + index + 1).join('');
      counts.set(run, (counts.get(run) ?? 0) + 1);
    }
    return counts;
  });
}

function countsOf(said: readonly Map<string, number>[], reference: readonly Map<string, number>[]): Counts {
  const counts = new Float64Array(ORDER * FIELDS);
  for (let order = 0; order < ORDER; order++) {
    const expected = reference[order]!;
    for (const [run, count] of said[order]!) {
      if (expected.size > 0) counts[order * FIELDS]! += count;
      counts[order * FIELDS + 2]! += Math.min(count, expected.get(run) ?? 0);
    }
    for (const count of expected.values()) counts[order * FIELDS + 1]! += count;
  }
  return counts;
}

function scoreOf(counts: Counts): number {
  let precision = 0;
  let recall = 0;
  let orders = 0;
  for (let at = 0; at < counts.length; at += FIELDS) {
    const [said, expected, both] = [counts[at]!, counts[at + 1]!, counts[at + 2]!];
    if (said === 0 || expected === 0) continue;
    precision += both / said;
    recall += both / expected;
    orders += 1;
  }
  if (precision + recall === 0) return 0;
  const [p, r] = [precision / orders, recall / orders];
  return (100 * (1 + FACTOR) * p * r) / (FACTOR * p + r);
}
