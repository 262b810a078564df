// Exponential, natural logarithm, sine and cosine from + - * / and bit operations alone, which IEEE 754 fixes to the last bit: the
// last bit of JavaScript's own is the implementation's choice, and these values reach weights and scores.
// exp and ln are within 1 unit in the last place; sine and cosine differ by less than 1e-12 from the exact values for angles from 0 to
// 1,000,000 radians.
// Method and constants of exp and ln: fdlibm's e_log.c and e_exp.c.
//
// Copyright (C) 2004 by Sun Microsystems, Inc. All rights reserved.
// Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is preserved.

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

/** Above it exp overflows, below the other it is 0. */
const EXP_LARGEST = 709.782712893384;
const EXP_SMALLEST = -745.1332191019411;

const bits = new DataView(new ArrayBuffer(8));

/** 2^exponent for -1022 <= exponent <= 1023. */
function powerOfTwo(exponent: number): number {
  bits.setUint32(0, (exponent + 1023) << 20);
  bits.setUint32(4, 0);
  return bits.getFloat64(0);
}

/** e^x; 0 and Infinity where it leaves the range of float64. */
export function deterministicExp(x: number): number {
  if (Number.isNaN(x) || x > EXP_LARGEST) return x + Infinity;
  if (x < EXP_SMALLEST) return 0;
  // x = k ln 2 + r with |r| <= ln 2 / 2; r is kept as high - low.
  const k = Math.trunc(Math.LOG2E * x + (x < 0 ? -0.5 : 0.5));
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const t = r * r;
  const c =
    r -
    t *
      (0.16666666666666602 +
        t *
          (-0.0027777777777015593 +
            t * (6.613756321437934e-5 + t * (-1.6533902205465252e-6 + t * 4.1381367970572385e-8))));
  const y = 1 - (low - (r * c) / (2 - c) - high);
  // The smallest and the largest results need two factors: a single one would leave the range.
  if (k < -1021) return y * powerOfTwo(k + 1000) * powerOfTwo(-1000);
  return k === 1024 ? y * 2 * powerOfTwo(1023) : y * powerOfTwo(k);
}

/** ln x; -Infinity at 0, NaN below it. */
export function deterministicLog(x: number): number {
  if (Number.isNaN(x) || x < 0) return NaN;
  if (x === 0) return -Infinity;
  if (x === Infinity) return x;
  // Subnormal numbers are scaled up first: their exponent bits are all 0.
  const subnormal = x < 2.2250738585072014e-308;
  bits.setFloat64(0, subnormal ? x * 18014398509481984 : x);
  // x = 2^k (1 + f) with sqrt(2)/2 <= 1 + f < sqrt(2).
  const word = bits.getUint32(0) + (0x3ff00000 - 0x3fe6a09e);
  const k = (word >>> 20) - 1023 - (subnormal ? 54 : 0);
  bits.setUint32(0, (word & 0xfffff) + 0x3fe6a09e);
  const f = bits.getFloat64(0) - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const odd =
    z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const halfSquare = 0.5 * f * f;
  return s * (halfSquare + (even + odd)) + k * LN2_LOW - halfSquare + f + k * LN2_HIGH;
}

/** 2 pi as a sum of two numbers, the first with 33 bits, so that multiples up to a million are exact. */
const TWO_PI_HIGH = 6.2831853069365025;
const TWO_PI_LOW = 2.430840202602477e-10;

/** Of x radians from 0 to 1,000,000, within the bound above; beyond it errors grow. */
export function deterministicSineCosine(x: number): { readonly sine: number; readonly cosine: number } {
  const turns = Math.round(x / (TWO_PI_HIGH + TWO_PI_LOW));
  const angle = x - turns * TWO_PI_HIGH - turns * TWO_PI_LOW; // from -pi to pi
  // Taylor series at an eighth of the angle, then three doublings.
  const small = angle / 8;
  const square = small * small;
  let sine = 1;
  let cosine = 1;
  for (let term = 16; term >= 2; term -= 2) {
    sine = 1 - (square * sine) / (term * (term + 1));
    cosine = 1 - (square * cosine) / (term * (term - 1));
  }
  sine *= small;
  for (let doubling = 0; doubling < 3; doubling++) {
    const doubled = 2 * sine * cosine;
    cosine = 1 - 2 * sine * sine;
    sine = doubled;
  }
  return { sine, cosine };
}
