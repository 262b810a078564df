// Steps of SGD with momentum and of RMSProp over all parameters in one call; the table of pieces is that of optimizer.ts.
// Formulas as in PyTorch: g' = scale g + decay p, then
//   SGD: b = momentum b + g', p -= rate b (Nesterov: rate (g' + momentum b));
//   RMSProp (Hinton 2012): v = alpha v + (1 - alpha) g'^2, b = momentum b + g' / (sqrt(v) + epsilon), p -= rate b.
import { arg, argf, parallel, setArg, setArgf } from './control';
import { JOB_RMSPROP, JOB_SGD } from './jobs';
import { load4, store4 } from './lanes';

const TABLE = 0, SCALE = 2, RATE = 3, MOMENTUM = 4, DECAY = 5, NESTEROV = 6, ALPHA = 7, REST = 8, EPSILON = 9;

// @ts-ignore: decorator
@inline
function entry(piece: i32, word: i32): usize {
  return <usize>load<i32>(<usize>arg(TABLE) + (<usize>piece * 5 + <usize>word << 2));
}

/** The first moment is b; it is not touched where momentum is 0. */
export function sgd(table: usize, pieces: i32, scale: f32, rate: f32, momentum: f32, decay: f32, nesterov: i32): void {
  setArg(TABLE, <i32>table); setArgf(SCALE, scale); setArgf(RATE, rate); setArgf(MOMENTUM, momentum); setArgf(DECAY, decay);
  setArg(NESTEROV, nesterov);
  parallel(JOB_SGD, pieces);
}

export function sgdPiece(piece: i32): void {
  const scale = f32x4.splat(argf(SCALE)), rate = f32x4.splat(argf(RATE)), momentum = f32x4.splat(argf(MOMENTUM));
  const decay = f32x4.splat(argf(DECAY)), heavy = argf(MOMENTUM) != 0, nesterov = arg(NESTEROV) != 0;
  let p = entry(piece, 0), g = entry(piece, 1), first = entry(piece, 2);
  for (let left = <i32>entry(piece, 4); left > 0; left -= 4) {
    const parameter = load4(p, left);
    let change = f32x4.add(f32x4.mul(load4(g, left), scale), f32x4.mul(decay, parameter));
    if (heavy) {
      const b = f32x4.add(f32x4.mul(momentum, load4(first, left)), change);
      store4(first, b, left);
      change = nesterov ? f32x4.add(change, f32x4.mul(momentum, b)) : b;
    }
    store4(p, f32x4.sub(parameter, f32x4.mul(rate, change)), left);
    p += 16; g += 16; first += 16;
  }
}

/** The first moment is v, the second b; b is not touched where momentum is 0. */
export function rmsprop(
  table: usize, pieces: i32, scale: f32, rate: f32, momentum: f32, decay: f32, alpha: f32, rest: f32, epsilon: f32,
): void {
  setArg(TABLE, <i32>table); setArgf(SCALE, scale); setArgf(RATE, rate); setArgf(MOMENTUM, momentum); setArgf(DECAY, decay);
  setArgf(ALPHA, alpha); setArgf(REST, rest); setArgf(EPSILON, epsilon);
  parallel(JOB_RMSPROP, pieces);
}

export function rmspropPiece(piece: i32): void {
  const scale = f32x4.splat(argf(SCALE)), rate = f32x4.splat(argf(RATE)), momentum = f32x4.splat(argf(MOMENTUM));
  const decay = f32x4.splat(argf(DECAY)), heavy = argf(MOMENTUM) != 0, alpha = f32x4.splat(argf(ALPHA));
  const rest = f32x4.splat(argf(REST)), epsilon = f32x4.splat(argf(EPSILON));
  let p = entry(piece, 0), g = entry(piece, 1), first = entry(piece, 2), second = entry(piece, 3);
  for (let left = <i32>entry(piece, 4); left > 0; left -= 4) {
    const parameter = load4(p, left);
    const gradient = f32x4.add(f32x4.mul(load4(g, left), scale), f32x4.mul(decay, parameter));
    const v = f32x4.add(f32x4.mul(alpha, load4(first, left)), f32x4.mul(rest, f32x4.mul(gradient, gradient)));
    store4(first, v, left);
    let change = f32x4.div(gradient, f32x4.add(f32x4.sqrt(v), epsilon));
    if (heavy) {
      change = f32x4.add(f32x4.mul(momentum, load4(second, left)), change);
      store4(second, change, left);
    }
    store4(p, f32x4.sub(parameter, f32x4.mul(rate, change)), left);
    p += 16; g += 16; first += 16; second += 16;
  }
}
