// exp, ln, sin and cos from + - * / alone, which IEEE 754 fixes to the last bit on every machine. For tables and schedules, not
// for hot loops; the relative error of a few units in the last place of float64 is far below a float32.

const TERMS = 12;

/** e^x by halving x until it is small, its Taylor series, and squaring back; for |x| up to about 700. */
export function deterministicExp(x: number): number {
  let halvings = 0;
  let small = x;
  while (Math.abs(small) > 0.125) {
    small /= 2;
    halvings++;
  }
  let sum = 1;
  for (let term = TERMS; term >= 1; term--) sum = 1 + (small * sum) / term;
  for (let i = 0; i < halvings; i++) sum *= sum;
  return sum;
}

/** ln x for x of at least 1: x = 2^k m, ln m = 2 artanh((m - 1) / (m + 1)) by its series. */
export function deterministicLog(x: number): number {
  let doublings = 0;
  let near = x; // m, ends up from sqrt(1/2) to sqrt(2)
  while (near > Math.SQRT2) {
    near /= 2;
    doublings++;
  }
  const ratio = (near - 1) / (near + 1);
  const square = ratio * ratio;
  let sum = 0;
  for (let power = 2 * TERMS + 1; power >= 1; power -= 2) sum = 1 / power + square * sum;
  return 2 * ratio * sum + doublings * Math.LN2;
}

/** 2 pi as a sum of two numbers, the first with 33 bits, so that multiples up to a million are exact. */
const TWO_PI_HIGH = 6.2831853069365025;
const TWO_PI_LOW = 2.430840202602477e-10;

/** For x from 0 to about a million. */
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
