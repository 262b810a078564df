// BLEU of a corpus (Papineni et al. 2002) as sacreBLEU computes it (Post 2018): tokenizer 13a, runs of 1 to 4 tokens, smoothing "exp",
// several references with the closest length. From 0 to 100.
import { deterministicExp, deterministicLog } from '../../numerics/deterministic-math.ts';

const ORDER = 4;

export interface CorpusPair {
  readonly written: string;
  readonly references: readonly string[];
}

/** The tokenizer of mteval-v13a. */
export function tokens13a(text: string): string[] {
  const plain = text
    .replaceAll('<skipped>', '')
    .replaceAll('-\n', '')
    .replaceAll('\n', ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');
  return ` ${plain} `
    .replace(/([{-~[-` -&(-+:-@/])/g, ' $1 ')
    .replace(/([^0-9])([.,])/g, '$1 $2 ')
    .replace(/([.,])([^0-9])/g, ' $1 $2')
    .replace(/([0-9])(-)/g, '$1 $2 ')
    .split(/\s+/)
    .filter((token) => token !== '');
}

export function bleu(pairs: readonly CorpusPair[]): number {
  const right = new Float64Array(ORDER);
  const all = new Float64Array(ORDER);
  let written = 0;
  let expected = 0;
  for (const pair of pairs) {
    const said = tokens13a(pair.written);
    const references = pair.references.map(tokens13a);
    written += said.length;
    expected += closestLength(
      said.length,
      references.map(({ length }) => length),
    );
    const most = mostOf(references.map(runsOf));
    for (const [run, count] of runsOf(said)) {
      const order = run.split(' ').length - 1;
      all[order]! += count;
      right[order]! += Math.min(count, most.get(run) ?? 0);
    }
  }
  if (right.every((count) => count === 0)) return 0;
  const brevity = written < expected ? deterministicExp(1 - expected / written) : 1;
  return brevity * meanPrecision(right, all);
}

/** Geometric mean in per cent; a precision of 0 counts as half, a quarter, ... of one run. */
function meanPrecision(right: Float64Array, all: Float64Array): number {
  let halves = 1;
  let sum = 0;
  for (let order = 0; order < ORDER; order++) {
    if (all[order] === 0) return 0;
    if (right[order] === 0) halves *= 2;
    const precision = right[order] === 0 ? 1 / (halves * all[order]!) : right[order]! / all[order]!;
    sum += deterministicLog(100 * precision);
  }
  return deterministicExp(sum / ORDER);
}

function runsOf(tokens: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (let order = 1; order <= ORDER; order++)
    for (let at = 0; at + order <= tokens.length; at++) {
      const run = tokens.slice(at, at + order).join(' ');
      counts.set(run, (counts.get(run) ?? 0) + 1);
    }
  return counts;
}

function mostOf(counts: readonly ReadonlyMap<string, number>[]): ReadonlyMap<string, number> {
  const most = new Map<string, number>();
  for (const one of counts)
    for (const [run, count] of one) most.set(run, Math.max(count, most.get(run) ?? 0));
  return most;
}

/** Of equally close ones the shortest. */
const closestLength = (length: number, references: readonly number[]): number =>
  references.reduce((best, one) => {
    const [a, b] = [Math.abs(one - length), Math.abs(best - length)];
    return a < b || (a === b && one < best) ? one : best;
  }, Number.POSITIVE_INFINITY);
