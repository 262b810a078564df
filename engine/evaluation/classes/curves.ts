// The curves behind the areas of ranking.ts: what every threshold on the probability of a class gives.
import { averagePrecision, rocArea } from './ranking.ts';
import type { ScoredClasses } from './scored-classes.ts';

export interface ClassCurves {
  readonly class: number;
  /** Below the ROC curve, of all points: those of long curves are thinned. */
  readonly area: number;
  readonly averagePrecision: number;
  /** Share of the other samples that are taken for the class, and share of its own that are found; both rise from 0 to 1. */
  readonly falseAlarms: readonly number[];
  readonly found: readonly number[];
  /** Share of those taken for the class that are of it. */
  readonly precision: readonly number[];
}

const MOST_POINTS = 200;
const MOST_CLASSES = 12;

/** Of two classes the positive one, else each one against the rest, at most 12; without those that every sample or none has. */
export function curvesOf(scored: ScoredClasses): ClassCurves[] {
  const { classes, positive } = scored;
  const shown =
    classes === 2 ? [positive] : Array.from({ length: Math.min(classes, MOST_CLASSES) }, (_, one) => one);
  return shown.map((one) => curveOf(scored, one)).filter((curve) => curve !== null);
}

function curveOf({ count, classes, truth, probabilities }: ScoredClasses, one: number): ClassCurves | null {
  const scores = Float64Array.from({ length: count }, (_, row) => probabilities[row * classes + one]!);
  const isOfClass = (row: number) => truth[row] === one;
  const p = (row: number) => scores[row]!;
  const rows = Array.from({ length: count }, (_, row) => row).toSorted((a, b) => p(b) - p(a));
  const own = rows.filter((row) => truth[row] === one).length;
  if (own === 0 || own === count) return null;
  const points: [number, number, number][] = [[0, 0, 1]];
  let [hits, taken] = [0, 0];
  for (const [index, row] of rows.entries()) {
    taken += 1;
    if (truth[row] === one) hits += 1;
    // Equal probabilities are taken together.
    if (index + 1 < count && p(rows[index + 1]!) === p(row)) continue;
    points.push([(taken - hits) / (count - own), hits / own, hits / taken]);
  }
  const kept = thinned(points);
  return {
    class: one,
    area: rocArea(scores, isOfClass),
    averagePrecision: averagePrecision(scores, isOfClass),
    falseAlarms: kept.map(([alarms]) => alarms),
    found: kept.map(([, found]) => found),
    precision: kept.map(([, , precision]) => precision),
  };
}

/** Evenly by index, the ends always. */
function thinned<T>(points: readonly T[]): T[] {
  if (points.length <= MOST_POINTS) return [...points];
  return Array.from(
    { length: MOST_POINTS },
    (_, index) => points[Math.round((index * (points.length - 1)) / (MOST_POINTS - 1))]!,
  );
}
