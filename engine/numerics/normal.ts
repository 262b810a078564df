// The standard normal distribution from deterministic functions alone.
// The complementary error function is that of FreeBSD's s_erf.c:
//
// Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved.
// Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is preserved.
import { deterministicExp } from './deterministic-math.ts';

/** Coefficients of numerator and denominator, the constant first. */
type Rational = readonly [numerator: readonly number[], denominator: readonly number[]];

/** erf on [0, 0.84375] */
const SMALL: Rational = [
  [
    0.12837916709551256, -0.3250421072470015, -0.02848174957559851, -0.005770270296489442,
    -2.3763016656650163e-5,
  ],
  [
    1, 0.39791722395915535, 0.0650222499887673, 0.005081306281875766, 0.00013249473800432164,
    -3.960228278775368e-6,
  ],
];
const ERF_OF_1 = 0.8450629115104675;
/** erf on [0.84375, 1.25] */
const MIDDLE: Rational = [
  [
    -0.0023621185607526594, 0.41485611868374833, -0.3722078760357013, 0.31834661990116175,
    -0.11089469428239668, 0.035478304325618236, -0.002166375594868791,
  ],
  [
    1, 0.10642088040084423, 0.540397917702171, 0.07182865441419627, 0.12617121980876164, 0.01363708391202905,
    0.011984499846799107,
  ],
];
/** erfc on [1.25, 1 / 0.35] */
const LARGE: Rational = [
  [
    -0.009864944034847148, -0.6938585727071818, -10.558626225323291, -62.375332450326006, -162.39666946257347,
    -184.60509290671104, -81.2874355063066, -9.814329344169145,
  ],
  [
    1, 19.651271667439257, 137.65775414351904, 434.56587747522923, 645.3872717332679, 429.00814002756783,
    108.63500554177944, 6.570249770319282, -0.0604244152148581,
  ],
];
/** erfc on [1 / 0.35, 28] */
const HUGE: Rational = [
  [
    -0.0098649429247001, -0.799283237680523, -17.757954917754752, -160.63638485582192, -637.5664433683896,
    -1025.0951316110772, -483.5191916086514,
  ],
  [
    1, 30.33806074348246, 325.7925129965739, 1536.729586084437, 3199.8582195085955, 2553.0504064331644,
    474.52854120695537, -22.44095244658582,
  ],
];

const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
const ratio = ([numerator, denominator]: Rational, x: number): number =>
  polynomial(numerator, x) / polynomial(denominator, x);

/** 1 - erf(x), also where that is tiny. */
export function complementaryErrorFunction(x: number): number {
  if (x < 0) return 2 - complementaryErrorFunction(-x);
  if (x < 0.84375) return 1 - (x + x * ratio(SMALL, x * x));
  if (x < 1.25) return 1 - ERF_OF_1 - ratio(MIDDLE, x - 1);
  if (x > 28) return 0;
  // x^2 in two parts, so that the exponential keeps its digits: the first has 24 bits, whose square is exact.
  const rough = Math.fround(x);
  const rest = ratio(x < 1 / 0.35 ? LARGE : HUGE, 1 / (x * x));
  const tail = deterministicExp((rough - x) * (rough + x) + rest);
  return (deterministicExp(-rough * rough - 0.5625) * tail) / x;
}

/** Probability below x. */
const below = (x: number): number => 0.5 * complementaryErrorFunction(-x * Math.SQRT1_2);

/** Probability between a and b, with a <= b; the side of the smaller tail keeps the digits. */
export function normalMass(a: number, b: number): number {
  return a > 0 ? below(-a) - below(-b) : below(b) - below(a);
}

/** The x in [a, b] below which lies the share `quantile` of the mass between a and b. By bisection, for a <= 0 <= b. */
export function truncatedNormalQuantile(quantile: number, a: number, b: number): number {
  const wanted = below(a) + quantile * (below(b) - below(a));
  let [low, high] = [Math.max(a, -39), Math.min(b, 39)];
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2;
    if (below(middle) < wanted) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
