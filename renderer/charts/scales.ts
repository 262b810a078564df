// Converts values to pixels and back, and places axis ticks. Pure.

export type Domain = readonly [low: number, high: number];
export type ScaleKind = 'linear' | 'log';

export interface Scale {
  readonly domain: Domain;
  toPixel(value: number): number;
  toValue(pixel: number): number;
}

/** Maps `domain` to pixels `from`..`to` (either may be the larger). */
export function createScale(kind: ScaleKind, domain: Domain, from: number, to: number): Scale {
  const forth = kind === 'log' ? Math.log : (value: number) => value;
  const back = kind === 'log' ? Math.exp : (value: number) => value;
  const low = forth(domain[0]);
  const span = forth(domain[1]) - low || 1;
  return {
    domain,
    toPixel: (value) => from + ((forth(value) - low) / span) * (to - from),
    toValue: (pixel) => back(low + ((pixel - from) / (to - from || 1)) * span),
  };
}

/** Smallest and largest value that the scale can show; null where there is none. */
export function extent(arrays: readonly ArrayLike<number>[], kind: ScaleKind = 'linear'): Domain | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const values of arrays) {
    for (let index = 0; index < values.length; index++) {
      const value = values[index] as number;
      if (!Number.isFinite(value) || (kind === 'log' && value <= 0)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low <= high ? [low, high] : null;
}

/** A little room around what is shown, so that no line lies on the frame. */
export function padded(domain: Domain, kind: ScaleKind): Domain {
  const [low, high] = domain;
  // A constant whose mean differs from it in the last bit is a constant.
  const flat = high - low <= Math.abs(high) * 1e-9;
  if (kind === 'log') {
    const room = flat ? 2 : (high / low) ** 0.05;
    return [low / room, high * room];
  }
  // Of nothing but zeros, most of which are shares or counts, none lies below.
  if (flat && high === 0) return [-0.05, 1];
  const room = flat ? Math.abs(low) * 0.05 : (high - low) * 0.05;
  return [low - room, high + room];
}

/** 1, 2 or 5 times a power of ten, about `count` of them in the domain. */
export function linearTicks([low, high]: Domain, count: number): number[] {
  const span = high - low;
  // Below this the ticks would all be the same number.
  if (!(span > Math.max(Math.abs(low), Math.abs(high)) * 1e-12) || span < 1e-290) return [low];
  const rough = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.ceil(low / step);
  const ticks = Math.max(0, Math.floor(high / step + 1e-9) - first + 1);
  // Whole multiples: sums of steps would show 0.30000000000000004.
  return Array.from({ length: ticks }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/** As linearTicks, of what has no fractions: none lies between two whole numbers. */
export const wholeTicks = (domain: Domain, count: number): number[] =>
  linearTicks(domain, count).filter(Number.isInteger);

/** Powers of ten; with 2 and 5 between where there are few of them. */
export function logTicks([low, high]: Domain, count: number): number[] {
  const decades = Math.log10(high / low);
  if (decades < 0.7) return linearTicks([low, high], count);
  const factors = decades < count / 3 ? [1, 2, 5] : [1];
  return factorTicks([low, high], factors, Math.max(1, Math.ceil(decades / count)));
}

/** Those times powers of ten, of which each `skip`-th is taken. */
function factorTicks([low, high]: Domain, factors: readonly number[], skip = 1): number[] {
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power += skip) {
    for (const factor of factors) {
      const tick = Number((factor * 10 ** power).toPrecision(6));
      if (tick >= low && tick <= high) ticks.push(tick);
    }
  }
  return ticks;
}

/** Of an axis of values, about `count` of them; at least two, since one alone says nothing of the distances. */
export function valueTicks(kind: ScaleKind, domain: Domain, count: number): number[] {
  const first = (kind === 'log' ? logTicks : linearTicks)(domain, count);
  if (first.length >= 2) return first;
  for (const ticks of kind === 'log' ? finerPowers(domain, count) : finerSteps(domain, count))
    if (ticks.length >= 2) return ticks;
  return first;
}

function* finerSteps(domain: Domain, count: number): Generator<number[]> {
  for (const times of [1.5, 2.5, 5]) yield linearTicks(domain, times * count);
}

function* finerPowers([low, high]: Domain, count: number): Generator<number[]> {
  const skip = Math.ceil(Math.log10(high / low) / count);
  for (let fewer = skip - 1; fewer >= 1; fewer--) yield factorTicks([low, high], [1], fewer);
  for (const factors of [[1], [1, 3], [1, 2, 5]]) yield factorTicks([low, high], factors);
  yield* finerSteps([low, high], count);
}

/** Of ticks that are farther apart the smallest are written with exponents. */
const MOST_SPAN = 1e4;

/** One text for each tick, all with as many decimals as the distance of the ticks asks for. */
export function tickLabels(ticks: readonly number[]): string[] {
  const size = Math.max(...ticks.map(Math.abs));
  // Decades that reach far below 1 would take more room than there is.
  const least = Math.min(...ticks.filter((tick) => tick !== 0).map(Math.abs));
  if (size !== 0 && (size >= 1e6 || size < 1e-3)) return ticks.map(withExponent);
  if (size / least >= MOST_SPAN)
    return ticks.map((tick) => (Math.abs(tick) < 1e-3 ? withExponent(tick) : String(tick)));
  const steps = ticks.slice(1).map((tick, index) => tick - (ticks[index] as number));
  // Of a logarithmic axis the smallest distance counts, and each label keeps only the digits it needs.
  const step = Math.min(...steps, size || 1);
  const decimals = Math.min(10, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
  // Two ticks of a logarithmic axis are as far apart as they are, too.
  const isEven =
    steps.every((one) => Math.abs(one - (steps[0] as number)) < Math.abs(one) * 1e-6) &&
    ticks.every((tick) => Math.abs(Number(tick.toFixed(decimals)) - tick) <= 1e-6 * step);
  return ticks.map((tick) =>
    (isEven ? tick.toFixed(decimals) : String(tick))
      .replace('-', '\u2212')
      .replace(/\B(?=(\d{3})+(?!\d)(?<!\.\d*))/g, ','),
  );
}

function withExponent(tick: number): string {
  return tick === 0 ? '0' : tick.toExponential().replace('e+', 'e').replaceAll('-', '\u2212');
}

/** Pixels of a letter or digit of the axes, at most. */
const LETTER = 6.4;

/** Where the middle of a label lies that belongs to the pixel `at`: no part of it lies left of 0 or right of `right`. */
export function labelMiddle(at: number, text: string, right: number): number {
  const half = (LETTER * text.length) / 2;
  return Math.max(half, Math.min(at, right - half));
}
