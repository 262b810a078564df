// Tail probabilities of Student's t and of the chi-squared distribution, by continued fractions and series (Press and others 2007,
// Numerical Recipes, 6.2 and 6.4), from our own elementary functions: the same bits everywhere.
import { deterministicExp, deterministicLog } from '../../numerics/deterministic-math.ts';

const TINY = 1e-300;
const PRECISION = 1e-15;
const MOST_TERMS = 100_000;

/** Probability of |t| or more, for `freedom` degrees of freedom. */
export function twoSidedT(t: number, freedom: number): number {
  if (Number.isNaN(t)) return Number.NaN;
  if (!Number.isFinite(t)) return 0;
  return incompleteBeta(freedom / 2, 0.5, freedom / (freedom + t * t));
}

/** Probability of `value` or more, for `freedom` degrees of freedom. */
export function upperChiSquared(value: number, freedom: number): number {
  if (value <= 0) return 1;
  const [a, x] = [freedom / 2, value / 2];
  const factor = deterministicExp(-x + a * deterministicLog(x) - logGamma(a));
  return x < a + 1 ? 1 - factor * lowerSeries(a, x) : factor * upperFraction(a, x);
}

function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < MOST_TERMS && Math.abs(term) > PRECISION * sum; n += 1) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n < MOST_TERMS; n += 1) {
    const factor = -n * (n - a);
    b += 2;
    d = 1 / atLeastTiny(factor * d + b);
    c = atLeastTiny(b + factor / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < PRECISION) break;
  }
  return value;
}

const atLeastTiny = (value: number): number => (Math.abs(value) < TINY ? TINY : value);

/** Regularized: I_x(a, b). */
function incompleteBeta(a: number, b: number, x: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const logs = a * deterministicLog(x) + b * deterministicLog(1 - x);
  const front = deterministicExp(logGamma(a + b) - logGamma(a) - logGamma(b) + logs);
  return x < (a + 1) / (a + b + 2)
    ? (front * betaFraction(a, b, x)) / a
    : 1 - (front * betaFraction(b, a, 1 - x)) / b;
}

function betaFraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 / atLeastTiny(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m < MOST_TERMS; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / atLeastTiny(1 + even * d);
    c = atLeastTiny(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / atLeastTiny(1 + odd * d);
    c = atLeastTiny(1 + odd / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < PRECISION) break;
  }
  return value;
}

/** ln of the gamma function of a positive number (Lanczos, g = 7). */
function logGamma(x: number): number {
  const rest = COEFFICIENTS.reduce(
    (sum, factor, index) => sum + factor / (x + index),
    0.999_999_999_999_809_9,
  );
  const base = x + 6.5;
  return (x - 0.5) * deterministicLog(base) - base + deterministicLog(SQRT_2_PI * rest);
}

const SQRT_2_PI = Math.sqrt(2 * Math.PI);
const COEFFICIENTS = [
  676.520_368_121_885_1, -1_259.139_216_722_402_8, 771.323_428_777_653_1, -176.615_029_162_140_6,
  12.507_343_278_686_905, -0.138_571_095_265_720_12, 9.984_369_578_019_572e-6, 1.505_632_735_149_311_6e-7,
];
