// Which texts are pursued: after every token the most probable continuations of those so far (beam search). Pure; in float64. Width 1 always
// takes the most probable token.
import { deterministicExp, deterministicLog } from '../../numerics/deterministic-math.ts';

export interface BeamOptions {
  readonly width: number;
  /** The logarithm of a probability is divided by ((5 + tokens) / 6) to this power (Wu et al. 2016). */
  readonly lengthPenalty: number;
  readonly end: number;
  /** A token that is never written. */
  readonly refused: number;
}

export interface Hypothesis {
  /** Without the end sign. */
  readonly tokens: readonly number[];
  /** Natural logarithm of the probability, of the end sign too where it has one. */
  readonly logProbability: number;
}

export interface Beam {
  readonly live: readonly Hypothesis[];
  /** Those with an end sign, the best first. */
  readonly ended: readonly Hypothesis[];
}

export const FIRST: Beam = { live: [{ tokens: [], logProbability: 0 }], ended: [] };

export const scoreOf = ({ tokens, logProbability }: Hypothesis, lengthPenalty: number): number =>
  logProbability / deterministicExp(lengthPenalty * deterministicLog((5 + tokens.length + 1) / 6));

/** No live text can still become one of the best. */
export const isDone = ({ live, ended }: Beam, { width }: BeamOptions): boolean =>
  live.length === 0 || ended.length >= width;

interface Candidate {
  readonly from: number;
  readonly token: number;
  readonly logProbability: number;
}

/**
 * @param logs of each live text [live][tokens]: logarithm of the probability of the next token
 * @returns the next beam, and for each live text of it the index of the one that it continues
 */
export function grow(
  { live, ended }: Beam,
  logs: readonly Float32Array[],
  options: BeamOptions,
): { readonly beam: Beam; readonly parents: readonly number[] } {
  const { width, end, lengthPenalty } = options;
  const candidates = live
    .flatMap((hypothesis, from) => best(hypothesis, from, logs[from]!, options))
    .toSorted((a, b) => b.logProbability - a.logProbability || a.from - b.from || a.token - b.token);
  const next: Hypothesis[] = [];
  const parents: number[] = [];
  const finished = [...ended];
  for (const { from, token, logProbability } of candidates.slice(0, 2 * width)) {
    const { tokens } = live[from]!;
    if (token === end) finished.push({ tokens, logProbability });
    else if (next.length < width) {
      next.push({ tokens: [...tokens, token], logProbability });
      parents.push(from);
    }
    // A text that has ended fills its share of the beam.
    if (next.length + finished.length - ended.length >= width) break;
  }
  const sorted = finished.toSorted((a, b) => scoreOf(b, lengthPenalty) - scoreOf(a, lengthPenalty));
  return { beam: { live: next, ended: sorted }, parents };
}

/** The most probable tokens of one text: as many as could be taken of all. */
function best(
  { logProbability }: Hypothesis,
  from: number,
  logs: Float32Array,
  { width, refused }: BeamOptions,
): Candidate[] {
  const found: Candidate[] = [];
  const most = 2 * width;
  for (let token = 0; token < logs.length; token++) {
    if (token === refused) continue;
    const sum = logProbability + logs[token]!;
    if (found.length === most && sum <= found.at(-1)!.logProbability) continue;
    let at = found.length;
    while (at > 0 && found[at - 1]!.logProbability < sum) at--;
    found.splice(at, 0, { from, token, logProbability: sum });
    if (found.length > most) found.pop();
  }
  return found;
}

/** The texts of a beam, the best first; those without an end where none has one. */
export function found({ live, ended }: Beam, lengthPenalty: number): readonly Hypothesis[] {
  if (ended.length > 0) return ended;
  return live.toSorted((a, b) => scoreOf(b, lengthPenalty) - scoreOf(a, lengthPenalty));
}
