// Gradient of softmax from its value: dx = y (dy - sum(y dy)) for every row.
import { arg, parallel, setArg } from './control';
import { JOB_SOFTMAX_GRADIENT } from './jobs';
import { bytes, load4, store4, sum4 } from './lanes';

const ROWS = 0, COLUMNS = 1, Y = 2, DY = 3, DX = 4;
const PIECE = 64;

/** All [rows, columns]. */
export function softmaxGradient(rows: i32, columns: i32, y: usize, dy: usize, dx: usize): void {
  setArg(ROWS, rows); setArg(COLUMNS, columns); setArg(Y, <i32>y); setArg(DY, <i32>dy); setArg(DX, <i32>dx);
  parallel(JOB_SOFTMAX_GRADIENT, (rows + PIECE - 1) / PIECE);
}

export function softmaxGradientPiece(piece: i32): void {
  const first = piece * PIECE, end = min(first + PIECE, arg(ROWS)), columns = arg(COLUMNS);
  for (let i = first; i < end; i++) {
    const y = <usize>arg(Y) + bytes(i * columns), dy = <usize>arg(DY) + bytes(i * columns), dx = <usize>arg(DX) + bytes(i * columns);
    let products = f32x4.splat(0);
    for (let j = 0; j < columns; j += 4) {
      products = f32x4.add(products, f32x4.mul(load4(y + bytes(j), columns - j), load4(dy + bytes(j), columns - j)));
    }
    const sum = f32x4.splat(sum4(products));
    for (let j = 0; j < columns; j += 4) {
      const change = f32x4.sub(load4(dy + bytes(j), columns - j), sum);
      store4(dx + bytes(j), f32x4.mul(load4(y + bytes(j), columns - j), change), columns - j);
    }
  }
}
