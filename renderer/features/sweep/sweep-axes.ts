// The axes of a sweep: where a value of a field, or a result, lies between 0 and 1. Pure.
import type { Dimension, Values } from '../../../engine/contract/studies/search.ts';
import type { SweepTrial, SweepView } from '../../../engine/contract/studies/sweep.ts';
import { shortPaths } from '../../../engine/words/sweeps.ts';
import { formatNumber } from '../../ui/format.ts';

export interface Tick {
  readonly share: number;
  readonly text: string;
}

export interface SweepAxis {
  /** The path of a field; `RESULT` for that of the results. */
  readonly id: string;
  readonly label: string;
  readonly ticks: readonly Tick[];
  /** From 0 at the bottom to 1; null where the trial does not have the field, or no result yet. */
  shareOf(trial: SweepTrial): number | null;
}

export const RESULT = '';

export function axesOf(view: SweepView): readonly SweepAxis[] {
  const names = shortPaths(Object.keys(view.space));
  const fields = Object.entries(view.space).map(([path, dimension]) =>
    fieldAxis(path, names.get(path) ?? path, dimension),
  );
  return [...fields, resultAxis(view)];
}

function fieldAxis(id: string, label: string, dimension: Dimension): SweepAxis {
  if (dimension.kind === 'categorical') return choiceAxis(id, label, dimension.values);
  const isLog = dimension.kind === 'log' || dimension.kind === 'log-int';
  const scale = numberScale(dimension.min, dimension.max, isLog);
  return {
    id,
    label,
    ticks: scale.ticks,
    shareOf: ({ values }) => (Object.hasOwn(values, id) ? scale.shareOf(Number(values[id])) : null),
  };
}

function choiceAxis(id: string, label: string, choices: readonly Values[string][]): SweepAxis {
  const texts = choices.map(valueText);
  const shareAt = (index: number): number => (choices.length === 1 ? 0.5 : index / (choices.length - 1));
  return {
    id,
    label,
    ticks: texts.map((text, index) => ({ share: shareAt(index), text })),
    shareOf({ values }) {
      const index = Object.hasOwn(values, id) ? texts.indexOf(valueText(values[id] ?? null)) : -1;
      return index < 0 ? null : shareAt(index);
    },
  };
}

/** Results that lie a power of ten apart are shown by their logarithms. */
const WIDE = 10;

function resultAxis({ trials, objective }: SweepView): SweepAxis {
  const results = trials.flatMap(({ result }) =>
    result !== null && Number.isFinite(result) ? [result] : [],
  );
  const [low, high] = [Math.min(...results), Math.max(...results)];
  const scale = results.length > 0 ? numberScale(low, high, low > 0 && high / low > WIDE) : null;
  return {
    id: RESULT,
    label: objective,
    ticks: scale?.ticks ?? [],
    shareOf: ({ result }) =>
      scale === null || result === null || !Number.isFinite(result) ? null : scale.shareOf(result),
  };
}

function numberScale(low: number, high: number, isLog: boolean) {
  const forth = isLog ? Math.log : (value: number) => value;
  const back = isLog ? Math.exp : (value: number) => value;
  const [from, span] = [forth(low), forth(high) - forth(low)];
  const shares = span === 0 ? [0.5] : [0, 0.5, 1];
  return {
    ticks: shares.map((share) => ({ share, text: formatNumber(back(from + share * span), 2) })),
    shareOf: (value: number): number =>
      span === 0 ? 0.5 : Math.min(1, Math.max(0, (forth(value) - from) / span)),
  };
}

export function valueText(value: Values[string] | undefined): string {
  if (value === undefined) return '–';
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : formatNumber(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Where a value that is not there lies: below the axis. */
export const NOT_THERE = -0.14;

/** What is chosen of an axis; ends may lie beyond it. */
export type Brush = readonly [low: number, high: number];
export type Brushes = ReadonlyMap<string, Brush>;

export const passes = (trial: SweepTrial, axes: readonly SweepAxis[], brushes: Brushes): boolean =>
  axes.every(({ id, shareOf }) => {
    const brush = brushes.get(id);
    if (brush === undefined) return true;
    const share = shareOf(trial) ?? NOT_THERE;
    return share >= brush[0] && share <= brush[1];
  });

export function withBrush(brushes: Brushes, id: string, brush: Brush | null): Brushes {
  const next = new Map(brushes);
  if (brush === null) next.delete(id);
  else next.set(id, brush);
  return next;
}

/** By keys: moved by `by`, or made wider where `wider`; without one it begins as the lower quarter. */
export function stepBrush(brush: Brush | undefined, by: number, wider: boolean): Brush {
  if (brush === undefined) return [0, 0.25];
  const [low, high] = brush;
  if (wider) return [low, Math.max(low + 0.02, Math.min(1.02, high + by))];
  const moved = Math.max(NOT_THERE - low - 0.02, Math.min(1.02 - high, by));
  return [low + moved, high + moved];
}

/** Best first: those at their end before the others, these by their epochs; repeats are left out. */
export function rankedTrials({ trials, higherIsBetter }: SweepView): SweepTrial[] {
  const reach = ({ state, epoch }: SweepTrial): number =>
    state === 'completed' ? Number.MAX_SAFE_INTEGER : epoch;
  const cost = ({ result }: SweepTrial): number =>
    result === null ? Number.MAX_VALUE : higherIsBetter ? -result : result;
  return trials
    .filter(({ repeats }) => repeats === null)
    .toSorted((a, b) => reach(b) - reach(a) || cost(a) - cost(b) || a.trial - b.trial);
}

/** The best result up to each trial, in their order; trials without a result are left out. */
export function bestSoFar({ trials, higherIsBetter }: SweepView) {
  const known = trials.filter(({ repeats, result }) => repeats === null && result !== null);
  let best = Number.NaN;
  const line = known.map(({ result }) => {
    const value = result as number;
    if (!(higherIsBetter ? value <= best : value >= best)) best = value;
    return best;
  });
  return { x: known.map(({ trial }) => trial), each: known.map(({ result }) => result as number), line };
}
