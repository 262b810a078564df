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

function cosines({ values, width, windows, lengths }: Encodings, self: number): Float64Array {
  const mine = values.subarray(self * width, (self + 1) * width);
  const similarities = new Float64Array(windows.length);
  for (let row = 0, at = 0; row < windows.length; row++) {
    let product = 0;
    for (let unit = 0; unit < width; unit++, at++) product += values[at]! * mine[unit]!;
    const both = lengths[self]! * lengths[row]!;
    similarities[row] = both > 0 ? product / both : 0;
  }
  return similarities;
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
  const left = similarities.slice();
  const exclude = ({ series, row }: { readonly series: number; readonly row: number }) => {
    for (const [index, window] of encoded.windows.entries()) {
      const other = at(window);
      if (other.series === series && Math.abs(other.row - row) < prepared.lookback / 2) left[index] = OUT;
    }
  };
  exclude(chosen);
  const hits: number[] = [];
  while (hits.length < count) {
    const hit = largestIn(left);
    if (hit < 0) break;
    hits.push(hit);
    exclude(at(encoded.windows[hit]!));
  }
  return hits;
}

/** Of a window that is left out; at a cosine of 0 and below nothing is alike. */
const OUT = 0;

/** The first of equals; -1 where none is left. */
function largestIn(values: Float64Array): number {
  let [best, most] = [-1, OUT];
  for (let index = 0; index < values.length; index++) {
    if (values[index]! > most) [best, most] = [index, values[index]!];
  }
  return best;
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
