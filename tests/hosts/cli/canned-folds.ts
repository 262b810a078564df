// The answer of the fake engine to `studies.folds`: two folds, the second with intervals.
import type { EnsembleWay } from '../../../engine/contract/studies/ensemble.ts';
import type { FoldsAnswer } from '../../../engine/contract/studies/folds.ts';

const DAY_US = 86_400_000_000;

const scoresOf = (together: number, one: number) =>
  [
    ['together', together],
    ['s1', one],
  ].map(([subject, value]) => ({
    subject: String(subject),
    metric: 'mae',
    unit: 'original' as const,
    value: Number(value),
  }));

export function cannedFolds(way: EnsembleWay): FoldsAnswer {
  const first = Date.UTC(2000, 0, 1) * 1000;
  const intervals = { coverage: 0.8825, width: 4, cells: 100 };
  const fold = (index: number) => ({
    label: `fold ${index + 1}`,
    fromUs: first + 2 * index * DAY_US,
    untilUs: first + (2 * index + 1) * DAY_US,
    windows: 24,
    scores: scoresOf(1.5 + index, 2 + index),
    intervals: index === 0 ? null : intervals,
  });
  return {
    way,
    members: [],
    levels: [0.05, 0.95],
    folds: [fold(0), fold(1)],
    means: scoresOf(2, 2.5).map((score) => ({ ...score, deviation: 0.5 })),
    intervals,
    words: [`Told by ${way}.`],
  };
}
