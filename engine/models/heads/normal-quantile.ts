// The quantile function of the standard normal distribution: Acklam's rational approximation (2003), whose relative error is below
// 1.2e-9, with logarithms that have the same bits everywhere.
import { deterministicLog } from '../../numerics/deterministic-math.ts';

const A = [
  -39.696_830_286_653_8, 220.946_098_424_520_8, -275.928_510_446_969_4, 138.357_751_867_269,
  -30.664_798_066_147_16, 2.506_628_277_459_239,
];
const B = [
  -54.476_098_798_224_06, 161.585_836_858_040_9, -155.698_979_859_886_6, 66.801_311_887_719_72,
  -13.280_681_552_885_72,
];
const C = [
  -0.007_784_894_002_430_293, -0.322_396_458_041_136_5, -2.400_758_277_161_838, -2.549_732_539_343_734,
  4.374_664_141_464_968, 2.938_163_982_698_783,
];
const D = [0.007_784_695_709_041_462, 0.322_467_129_070_039_8, 2.445_134_137_142_996, 3.754_408_661_907_416];
const TAIL = 0.024_25;

const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);

/** @param level above 0 and below 1 */
export function normalQuantile(level: number): number {
  if (level > 0.5) return -normalQuantile(1 - level);
  if (level === 0.5) return 0;
  if (level < TAIL) {
    const q = Math.sqrt(-2 * deterministicLog(level));
    return polynomial(C, q) / (polynomial(D, q) * q + 1);
  }
  const q = level - 0.5;
  const r = q * q;
  return (polynomial(A, r) * q) / (polynomial(B, r) * r + 1);
}
