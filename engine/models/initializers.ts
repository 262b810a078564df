// Initial values of parameters, from uniform numbers and our own elementary functions, because the last bit of Math.log differs
// between machines.
import { deterministicLog } from '../numerics/deterministic-math.ts';
import type { UniformSource } from './parameters.ts';

/** Glorot and Bengio 2010: uniform in ±sqrt(6 / (rows + columns)). [rows, columns] */
export function glorotUniform(random: UniformSource, rows: number, columns: number): Float32Array {
  const limit = Math.sqrt(6 / (rows + columns));
  return Float32Array.from({ length: rows * columns }, () => (2 * random.uniform() - 1) * limit);
}

/**
 * Orthonormal rows (Saxe et al. 2013, as Keras makes recurrent kernels): [rows, columns], rows <= columns.
 * Modified Gram and Schmidt on rows of near-normal numbers, in float64: what rounding leaves is far below a float32.
 */
export function orthogonalRows(random: UniformSource, rows: number, columns: number): Float32Array {
  const basis: Float64Array[] = [];
  for (let row = 0; row < rows; row++) {
    const vector = Float64Array.from({ length: columns }, () => nearNormal(random));
    for (const other of basis) subtractProjection(vector, other);
    scale(vector, 1 / Math.sqrt(dot(vector, vector)));
    basis.push(vector);
  }
  const values = new Float32Array(rows * columns);
  for (const [row, vector] of basis.entries()) values.set(vector, row * columns);
  return values;
}

/** First values of a recurrent kernel [units, gates * units] by name; identity (Le, Jaitly and Hinton 2015): ones on each gate's diagonal. */
export function recurrentKernel(
  name: 'orthogonal' | 'glorot' | 'identity',
  random: UniformSource,
  units: number,
  gates: number,
): Float32Array {
  const width = gates * units;
  if (name === 'orthogonal') return orthogonalRows(random, units, width);
  if (name === 'glorot') return glorotUniform(random, units, width);
  const values = new Float32Array(units * width);
  for (let row = 0; row < units; row++) {
    for (let gate = 0; gate < gates; gate++) values[row * width + gate * units + row] = 1;
  }
  return values;
}

/**
 * Chrono initialisation (Tallec and Ollivier 2018): ln u for each unit, u uniform in [1, steps - 1]. A gate with this bias keeps
 * a value for about u steps, so that the units together remember over all lengths up to `steps` (at least 2).
 */
export function chronoBiases(random: UniformSource, units: number, steps: number): Float32Array {
  return Float32Array.from({ length: units }, () => deterministicLog(1 + random.uniform() * (steps - 2)));
}

/** Sum of four uniform numbers about 0: close enough to a normal distribution for directions to be spread evenly. */
function nearNormal(random: UniformSource): number {
  return random.uniform() + random.uniform() + random.uniform() + random.uniform() - 2;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function subtractProjection(vector: Float64Array, unit: Float64Array): void {
  const length = dot(vector, unit);
  for (let i = 0; i < vector.length; i++) vector[i]! -= length * unit[i]!;
}

function scale(vector: Float64Array, factor: number): void {
  for (let i = 0; i < vector.length; i++) vector[i]! *= factor;
}
