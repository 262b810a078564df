// A verdict on a gradient that goes back through time, in words.
import type { GradientVerdict } from '../contract/inside/dynamics.ts';
import type { Place } from '../contract/inside/target.ts';
import { placeName } from './places.ts';

/** Less than that share of the gradient reaches the oldest step: the issue is with learning from it. */
const VANISHING = 1e-3;
const EXPLODING = 1e2;
const MOST_CLIPPED = 0.5;
/** Below it a float32 square is 0. */
const LEAST = 1e-22;

export interface FadingGradient {
  readonly place: Place;
  /** By lag. */
  readonly norms: ArrayLike<number>;
  /** Lags beyond them, which training cuts off. */
  readonly absent: number;
  readonly lag: number;
  /** Of the target named, in the data at that lag; null where it cannot be said. */
  readonly autocorrelation: number | null;
  readonly target: string;
  readonly clipped: number | null;
}

export function verdictOn(gradient: FadingGradient): GradientVerdict {
  const { place, norms, lag, autocorrelation, clipped } = gradient;
  const first = norms[0]!;
  const left = (at: number) => (first > 0 ? norms[at]! / first : 0);
  const leftAtEnd = left(norms.length - 1);
  const perStep = factorOf(norms);
  const facts = {
    kind: kindOf(leftAtEnd, clipped),
    place,
    perStep,
    halving: perStep > 0 && perStep !== 1 ? Math.LN2 / Math.abs(Math.log(perStep)) : null,
    leftAtEnd,
    lag,
    leftAtLag: left(lag),
    autocorrelation,
    clipped,
  };
  return { ...facts, sentence: sentenceOf(facts, gradient) };
}

function kindOf(leftAtEnd: number, clipped: number | null): GradientVerdict['kind'] {
  if (leftAtEnd > EXPLODING || (clipped ?? 0) > MOST_CLIPPED) return 'exploding';
  return leftAtEnd < VANISHING ? 'vanishing' : 'steady';
}

/** exp of the slope of the least-squares line through ln(g_k / g_0), of the lags at which anything arrives; 0 where nothing does. */
function factorOf(norms: ArrayLike<number>): number {
  const points: { lag: number; log: number }[] = [];
  for (let lag = 0; lag < norms.length; lag++) {
    if (norms[lag]! > LEAST) points.push({ lag, log: Math.log(norms[lag]!) });
  }
  if (points.length < 2) return 0;
  const mean = (of: (point: { lag: number; log: number }) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const lagMean = mean(({ lag }) => lag);
  const logMean = mean(({ log }) => log);
  const covariance = mean(({ lag, log }) => (lag - lagMean) * (log - logMean));
  return Math.exp(covariance / mean(({ lag }) => (lag - lagMean) ** 2));
}

type Facts = Omit<GradientVerdict, 'sentence'>;

function sentenceOf(facts: Facts, { target, norms, absent }: FadingGradient): string {
  const { perStep, lag, leftAtLag, autocorrelation, place } = facts;
  const oldest = absent === 0 ? 'the oldest step' : `lag ${norms.length - 1} (training cuts it off beyond)`;
  const change =
    perStep === 0
      ? `The gradient at ${placeName(place)} does not get beyond one step`
      : `The gradient at ${placeName(place)} ${changeOf(facts)}`;
  const data =
    autocorrelation === null
      ? ''
      : `, while the autocorrelation of ${target} there is ${autocorrelation.toFixed(2)}`;
  return `${change}; at lag ${lag}, ${percent(leftAtLag)} is left${data}. ${ENDINGS[facts.kind](facts, oldest)}`;
}

function changeOf({ perStep, halving }: Facts): string {
  const steps = halving === null ? '' : halving < 10 ? halving.toFixed(1) : halving.toFixed(0);
  if (Math.abs(perStep - 1) < 5e-4 || halving === null) return 'keeps its size from step to step';
  return perStep < 1
    ? `shrinks by a factor of ${perStep.toPrecision(2)} a step (half in ${steps})`
    : `grows by a factor of ${perStep.toPrecision(3)} a step (double in ${steps})`;
}

const percent = (share: number): string => {
  const value = 100 * share;
  if (value === 0) return 'nothing';
  if (value >= 1e6 || value < 1e-3) return `${value.toExponential(1)} %`;
  return `${value >= 100 ? value.toFixed(0) : Number(value.toPrecision(2))} %`;
};

const ENDINGS: Readonly<Record<GradientVerdict['kind'], (facts: Facts, oldest: string) => string>> = {
  vanishing: ({ leftAtEnd }, oldest) =>
    `It vanishes: ${percent(leftAtEnd)} reaches ${oldest}, too little to learn from.`,
  exploding: ({ leftAtEnd, clipped }, oldest) =>
    leftAtEnd > EXPLODING
      ? `It explodes: ${oldest} gets ${percent(leftAtEnd)} of what the newest does.`
      : `It explodes: ${percent(clipped ?? 0)} of the training steps were clipped.`,
  steady: ({ leftAtEnd }, oldest) =>
    `It neither vanishes nor explodes: ${percent(leftAtEnd)} reaches ${oldest}.`,
};
