// Points and weights of the Gauss-Legendre rule on [0, 1]: exact for polynomials up to degree 2 n - 1 (roots by Newton's method).

export interface Rule {
  readonly points: readonly number[];
  readonly weights: readonly number[];
}

export function gaussLegendre(count: number): Rule {
  const points: number[] = [];
  const weights: number[] = [];
  for (let index = 0; index < count; index++) {
    let x = Math.cos((Math.PI * (index + 0.75)) / (count + 0.5));
    let slope = 0;
    for (let round = 0; round < 50; round++) {
      const { value, derivative } = legendre(count, x);
      slope = derivative;
      const change = value / derivative;
      x -= change;
      if (Math.abs(change) < 1e-15) break;
    }
    points.push((1 - x) / 2);
    weights.push(1 / ((1 - x * x) * slope * slope));
  }
  return { points, weights };
}

function legendre(count: number, x: number) {
  let [before, value] = [1, x];
  for (let degree = 2; degree <= count; degree++) {
    [before, value] = [value, ((2 * degree - 1) * x * value - (degree - 1) * before) / degree];
  }
  return { value, derivative: (count * (x * value - before)) / (x * x - 1) };
}
