// The view `match`: windows whose state (or shape) is most like this one's, by exact cosine, and what came next in each.
import type { InsideMatches, MatchChoice } from '../../contract/inside/match.ts';
import type { WindowChoice } from '../../contract/inside/target.ts';
import { type EncodedWindow, type Encodings, encodings } from '../forecaster/encodings.ts';
import type { Inspected } from '../forecaster/inspected.ts';
import { type ChosenWindow, chooseWindow } from '../forecaster/window.ts';

export function match(inspected: Inspected, choice: WindowChoice & MatchChoice): InsideMatches {
  const { prepared } = inspected;
  const chosen = chooseWindow(prepared, choice);
  const encoded = encodings(inspected, choice.by, chosen.target);
  const own = encoded.windows.findIndex(({ part, index }) => part === choice.part && index === chosen.index);
  // Of very many windows only some are compared; the nearest one before stands for one that is not among them.
  const self = own >= 0 ? own : nearest(encoded, choice.part, chosen.index);
  const similarities = cosines(encoded, self);
  const hits = best(inspected, { encoded, similarities, chosen, count: choice.count });
  const matches = hits.map((hit) =>
    matchOf(inspected, encoded.windows[hit]!, chosen.target, similarities[hit]!),
  );
  return {
    about: chosen.about,
    compared: encoded.windows.length,
    windows: encoded.all,
    matches,
    mean: meanContinuation(inspected, chosen, matches),
  };
}

const nearest = ({ windows }: Encodings, part: string, index: number): number =>
  Math.max(
    0,
    windows.findLastIndex((window) => window.part === part && window.index <= index),
  );

function cosines({ values, width, windows }: Encodings, self: number): Float64Array {
  const lengthAt = (row: number) => {
    let sum = 0;
    for (let at = row * width; at < (row + 1) * width; at++) sum += values[at]! ** 2;
    return Math.sqrt(sum);
  };
  const own = lengthAt(self);
  return Float64Array.from(windows, (_, row) => {
    let product = 0;
    for (let unit = 0; unit < width; unit++)
      product += values[row * width + unit]! * values[self * width + unit]!;
    const lengths = own * lengthAt(row);
    return lengths > 0 ? product / lengths : 0;
  });
}

interface Search {
  readonly encoded: Encodings;
  readonly similarities: Float64Array;
  readonly chosen: ChosenWindow;
  readonly count: number;
}

/** None within half a look-back of this window or of a better hit in the same series: neighbours are one event. */
function best({ prepared }: Inspected, { encoded, similarities, chosen, count }: Search): number[] {
  const at = ({ part, index }: EncodedWindow) => {
    const set = prepared.windows[part];
    return { series: set.series[index]!, row: set.origin[index]! };
  };
  const taken = [{ series: chosen.series, row: chosen.row }];
  const order = Array.from(similarities.keys()).sort((a, b) => similarities[b]! - similarities[a]! || a - b);
  const hits: number[] = [];
  for (const hit of order) {
    if (hits.length === count) break;
    const one = at(encoded.windows[hit]!);
    const isNear = taken.some(
      ({ series, row }) => series === one.series && Math.abs(row - one.row) < prepared.lookback / 2,
    );
    if (isNear) continue;
    taken.push(one);
    hits.push(hit);
  }
  return hits;
}

function matchOf(
  { prepared }: Inspected,
  { part, index }: EncodedWindow,
  target: number,
  similarity: number,
): InsideMatches['matches'][number] {
  const set = prepared.windows[part];
  const row = set.origin[index]!;
  const { name, times, actuals } = prepared.series[set.series[index]!]!;
  const values = actuals[target]!;
  return {
    part,
    origin: index,
    originUs: Number(times[row]!),
    series: name,
    similarity,
    past: [...values.subarray(row - prepared.lookback + 1, row + 1)],
    next: [...values.subarray(row + 1, row + 1 + prepared.horizon)],
  };
}

function meanContinuation(
  { prepared }: Inspected,
  { series, row, target }: ChosenWindow,
  matches: InsideMatches['matches'],
): number[] {
  const last = prepared.series[series]!.actuals[target]![row]!;
  return Array.from({ length: prepared.horizon }, (_, step) => {
    const changes = matches
      .map(({ past, next }) => next[step]! - past.at(-1)!)
      .filter((change) => !Number.isNaN(change));
    return changes.length === 0
      ? Number.NaN
      : last + changes.reduce((sum, one) => sum + one, 0) / changes.length;
  });
}
